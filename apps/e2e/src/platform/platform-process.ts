import { freePort } from '@cenopie/platform-testing/servers'
import { eventually } from '../client/eventually.ts'
import { NodeProcess } from './node-process.ts'

/** One process of the platform, which may die and be started again on the same databases. */
export interface PlatformProcess {
  url: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Starts it and waits until it is ready. */
  start(): Promise<void>
  /** Ends it at once, as a crash would; resolves when it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Not started yet. `CENOPIE_PORT` and what clients are told of it are chosen here unless `env` says so. */
export async function platformProcess(env: Record<string, string>): Promise<PlatformProcess> {
  const port = env['CENOPIE_PORT'] ?? String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const whole = { CENOPIE_PUBLIC_URL: url, ...env, CENOPIE_PORT: port }
  let running: NodeProcess | undefined
  return {
    url,
    get pid() {
      if (!running) throw new Error('The platform was not started')
      return running.pid
    },
    async start() {
      const starting = new NodeProcess('apps/api/src/main.ts', [], whole)
      running = starting
      await eventually('the platform to be ready', async () => {
        if (!starting.running) throw new Error(`The platform did not start:\n${starting.output}`)
        return fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      })
    },
    kill: async () => running?.end('SIGKILL'),
    stop: async () => running?.end('SIGTERM'),
  }
}
