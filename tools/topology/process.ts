import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startChild, type Child } from '../dev/child.ts'
import { endOfLog, stopMs, untilReady } from '../dev/ready.ts'
import type { PlannedProcess } from './plan.ts'

const workspace = join(import.meta.dirname, '../..')

/** One process of a running topology. */
export class TopologyProcess {
  readonly name: string
  readonly modules: readonly string[]
  readonly url: string
  /** Of a user who may read every schema. */
  readonly databaseUrl: string
  /** The file that receives what it prints, across restarts. */
  readonly log: string
  readonly #script: string
  readonly #env: Record<string, string>
  #child: Child | undefined

  constructor({ name, app, modules, url, databaseUrl, env }: PlannedProcess, folder: string) {
    this.name = name
    this.modules = modules
    this.url = url
    this.databaseUrl = databaseUrl
    this.log = join(folder, `${name}.log`)
    this.#script = join(workspace, 'apps', app, 'src/main.ts')
    this.#env = env
    mkdirSync(folder, { recursive: true })
  }

  /** Starts it, again if it was killed; resolves when it is ready, rejects with the end of its log. */
  async start(): Promise<void> {
    const child = startChild(this.#script, [], {
      cwd: workspace,
      env: this.#env,
      log: this.log,
      errors: 'log',
    })
    this.#child = child
    await untilReady(child, this.url, this.name).catch((cause: Error) => {
      throw new Error(`${cause.message}\n${this.output}`, { cause })
    })
  }

  /** Ends it at once, as a crash would; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  async stop(): Promise<void> {
    await this.#child?.stop(stopMs)
  }

  /** Resolves when it has gone, to its exit code or signal. */
  get exited(): Promise<number | NodeJS.Signals> {
    return this.#child?.exited ?? Promise.resolve(0)
  }

  /** The end of its log. */
  get output(): string {
    return endOfLog(this.log, 20)
  }
}
