import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { databaseSecret, freshDatabase, freshRedis } from './fresh.ts'
import { freePort } from './servers/free-port.ts'

export interface Ended {
  /** Null: a signal ended it. */
  code: number | null
  output: string
}

/** How an app fared that was taken from its built folder alone. */
export interface Trial {
  /** `npm ci --omit=dev`. */
  installed: Ended
  /** `node main.js` on an empty database. */
  early: Ended
  /** `node migrate.js`. */
  migrated: Ended
  /** What `/health/live` answered, or how the process ended instead. */
  answered: unknown
  /** What it answered to `asked`, in order: status and media type. */
  answers: string[]
  /** What `use` resolved to, or rejected with. */
  used: unknown
  /** After a SIGTERM. */
  stopped: Ended
}

/**
 * Runs a built app (`nx build` made `folder`) through its life as a deployer would: outside of the workspace, with
 * production dependencies alone, on a database and Redis of its own.
 */
export async function tryBuilt(
  folder: string,
  settings: Record<string, string> = {},
  asked: readonly string[] = [],
  use: (url: string) => Promise<unknown> = async () => undefined,
): Promise<Trial> {
  const copy = await mkdtemp(join(tmpdir(), 'cenopie-built-'))
  const [database, redis, port] = [await freshDatabase(), await freshRedis(), await freePort()]
  const env = {
    ...settings,
    CENOPIE_PORT: `${port}`,
    CENOPIE_DATABASE_SECRET: databaseSecret,
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
  }
  const program = (name: string) => run(copy, env, process.execPath, name)
  try {
    await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith('node_modules') })
    const install = ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    const installed = await run(copy, {}, 'npm', ...install).ended
    const early = await program('main.js').ended
    const migrated = await program('migrate.js').ended
    const app = program('main.js')
    const url = `http://127.0.0.1:${port}`
    const answered = await Promise.race([answerOf(`${url}/health/live`), app.ended])
    const answers = []
    for (const path of asked) {
      const { status, headers } = await fetch(url + path)
      answers.push(`${status} ${headers.get('content-type')}`)
    }
    const used = await use(url).catch((error: unknown) => error)
    app.stop()
    return { installed, early, migrated, answered, answers, used, stopped: await app.ended }
  } finally {
    await redis.close()
    await database.close()
    await rm(copy, { recursive: true, force: true })
  }
}

/** With the settings on top of what the test runs with. */
function run(cwd: string, settings: Record<string, string>, command: string, ...args: string[]) {
  const assignments = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const child = spawn('env', [...assignments, command, ...args], { cwd })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text))
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, output }))
  return { ended, stop: () => child.kill('SIGTERM') }
}

async function answerOf(url: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return response.json()
    await pause(50)
  }
}
