import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const workspace = fileURLToPath(new URL('../../../../', import.meta.url))

/** Characters of output kept for whoever asks what went wrong. */
const kept = 20_000

/** A program of this workspace as a child process, with exactly the environment given. */
export class NodeProcess {
  readonly #child: ChildProcess
  readonly exited: Promise<number | null>
  #output = ''

  /** `script` is relative to the workspace. */
  constructor(script: string, args: string[], env: Record<string, string>) {
    this.#child = spawn(process.execPath, [script, ...args], {
      cwd: workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-kept))
    this.#child.stdout?.on('data', keep)
    this.#child.stderr?.on('data', keep)
    this.exited = once(this.#child, 'close').then(([code]) => code as number | null)
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The program was not found')
    return this.#child.pid
  }

  get output(): string {
    return this.#output
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Resolves once the process is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.running) this.#child.kill(signal)
    await this.exited
  }
}

/** Runs a program to its end; rejects with its output when it fails. */
export async function runToEnd(script: string, args: string[], env: Record<string, string>): Promise<void> {
  const program = new NodeProcess(script, args, env)
  const code = await program.exited
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${program.output}`)
}
