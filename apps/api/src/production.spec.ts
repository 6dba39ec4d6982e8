import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { databaseSecret, freshDatabase, freshRedis, type Fresh } from '@cenopie/platform-testing/fresh'
import { freePort } from '@cenopie/platform-testing/servers'
import { afterAll, beforeAll, expect, it } from 'vitest'

const built = join(import.meta.dirname, '../../../dist/apps/api')

let folder: string
let database: Fresh
let redis: Fresh

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cenopie-built-'))
  database = await freshDatabase()
  redis = await freshRedis()
})
afterAll(async () => {
  await redis.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

it('runs from the built folder with production dependencies alone', { timeout: 180_000 }, async () => {
  await cp(built, folder, { recursive: true, filter: (path) => !path.endsWith('node_modules') })
  const install = ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const installed = await run({}, 'npm', ...install).ended
  expect(installed.code, installed.output).toBe(0)

  const port = await freePort()
  const settings = { CENOPIE_PORT: `${port}`, CENOPIE_DATABASE_SECRET: databaseSecret }
  const servers = { DATABASE_URL: database.url, REDIS_URL: redis.url }
  const program = (name: string) => run({ ...settings, ...servers }, process.execPath, name)
  const early = await program('main.js').ended
  expect(early).toMatchObject({ code: 1, output: expect.stringContaining('node migrate.js') })
  expect((await program('migrate.js').ended).code).toBe(0)

  const api = program('main.js')
  const ready = untilReady(`http://127.0.0.1:${port}/health/ready`)
  await expect(Promise.race([ready, api.ended])).resolves.toEqual({ status: 'ok', degraded: [] })

  api.stop()
  expect((await api.ended).code).toBe(0)
})

/** Runs a program in the copy of the built folder, which lies outside the workspace: nothing above it helps. */
function run(settings: Record<string, string>, command: string, ...args: string[]) {
  const assignments = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const child = spawn('env', [...assignments, command, ...args], { cwd: folder })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
  return { ended, stop: () => child.kill('SIGTERM') }
}

async function untilReady(url: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return response.json()
    await pause(50)
  }
}
