import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { authContract } from '@cenopie/auth-contract'
import { eventually, httpClient } from '@cenopie/e2e'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFree } from './ports.ts'
import { maya, password } from './seed/people.ts'
import { foldersOf, portsFrom, processPorts, services } from './settings.ts'

const workspace = join(import.meta.dirname, '../..')
const seconds = 180

/** Everything that any start of this file listens on. */
const portsOf = (first: number) => [...Object.values(portsFrom(first)), ...processPorts(first, 2)]

/** A first port such that it and those that follow from it are free. */
async function freeBlock(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await Promise.all(portsOf(first).map(isFree))
    if (free.every(Boolean)) return first
  }
}

/** Id of the process that last said in a log that it is ready. */
function readyProcess(log: string): number {
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const entries = lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { pid: number; msg: string })
  return entries.findLast(({ msg }) => msg === 'ready')!.pid
}

describe('npm start', { timeout: seconds * 1000 }, () => {
  let dataDir: string
  let first: number
  let env: NodeJS.ProcessEnv
  const children: ChildProcess[] = []

  beforeAll(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'cenopie-start-')), 'data')
    first = await freeBlock()
    // Not what the task runner or a developer has set.
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(NX_|CENOPIE_|DATABASE_URL|REDIS_URL|VITEST)/.test(name),
    )
    env = {
      ...Object.fromEntries(own),
      NODE_ENV: 'development',
      CENOPIE_PORT: `${first}`,
      CENOPIE_DATA_DIR: dataDir,
    }
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGTERM')
    await nothingIsLeft()
    await rm(join(dataDir, '..'), { recursive: true, force: true })
  })

  /** Runs a script of package.json; the process is npm's. */
  function npm(script: string, extra: NodeJS.ProcessEnv = {}, ...args: string[]) {
    const line = ['run', '--silent', script, '--', ...args]
    const child = spawn('npm', line, { cwd: workspace, env: { ...env, ...extra } })
    children.push(child)
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr.on('data', (text: Buffer) => (output += text.toString()))
    const ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      output: output.trim(),
    }))
    const said = (words: string) =>
      eventually(`"${words}" of ${output}`, async () => output.includes(words), { seconds })
    return { child, ended, said, output: () => output }
  }

  async function start(...args: string[]) {
    const running = npm('start', {}, ...args)
    await Promise.race([
      running.said('Cenopie is ready'),
      running.ended.then(({ output }) => Promise.reject(new Error(`It ended:\n${output}`))),
    ])
    return running
  }

  const signIn = () =>
    httpClient(authContract, { url: `http://127.0.0.1:${first}` }).signIn({ email: maya.email, password })

  const nothingIsLeft = () =>
    eventually('every port to be free', async () => {
      const free = await Promise.all(portsOf(first).map(isFree))
      return free.every(Boolean)
    })

  it('runs everything, once per data folder and port, and leaves nothing behind when it is killed', async () => {
    const running = await start()
    await expect(signIn()).resolves.toHaveProperty('accessToken')
    for (const page of [`${first}/docs`, `${first + 1}/`, `${first + 3}/`]) {
      const { status } = await fetch(`http://127.0.0.1:${page}`, { headers: { accept: 'text/html' } })
      expect({ page, status }).toEqual({ page, status: 200 })
    }

    // As the scripts of package.json do.
    const told = `--env-file-if-exists=${foldersOf(dataDir).servers}`
    const args = [told, 'tools/queues/queues.ts', 'list', '--json']
    const { stdout } = await promisify(execFile)('node', args, { cwd: workspace, env })
    expect(stdout).toContain('media.make-images')

    const again = await npm('start').ended
    expect(again).toEqual({ code: 1, output: expect.stringMatching(/^The platform already runs on .*$/) })
    const taken = await npm('start', { CENOPIE_DATA_DIR: join(dataDir, '../second') }).ended
    expect(taken).toEqual({
      code: 1,
      output: `Port ${first}, for the API, is taken. Set CENOPIE_PORT to another first port.`,
    })
    const reset = await npm('reset').ended
    expect(reset).toEqual({
      code: 1,
      output: expect.stringMatching(/^The platform runs on .* Stop it first/),
    })

    process.kill(Number(readFileSync(foldersOf(dataDir).launcher, 'utf8')), 'SIGKILL')
    await running.ended
    await nothingIsLeft()
  })

  it('keeps its data, and says so when the API ends by itself', async () => {
    const running = await start()
    expect(running.output()).not.toContain('Writing the demo accounts')
    await expect(signIn()).resolves.toHaveProperty('accessToken')

    process.kill(readyProcess(foldersOf(dataDir).log), 'SIGKILL')
    const { code, output } = await running.ended
    expect(code).toBe(1)
    expect(output).toContain('The API ended by itself (SIGKILL)')
    await nothingIsLeft()
  })

  it('stops in order on SIGINT, also when npm receives it', async () => {
    const { child, ended } = await start()
    child.kill('SIGINT')
    const { output } = await ended
    expect(output).toContain('Stopping …')
    await nothingIsLeft()
    expect(existsSync(foldersOf(dataDir).servers)).toBe(false)
    expect(readFileSync(foldersOf(dataDir).log, 'utf8')).toContain('"msg":"stopped"')
  })

  it('stops in the middle of its start on SIGTERM', async () => {
    const { child, ended, said, output } = npm('start')
    await said('Starting PostgreSQL')
    child.kill('SIGTERM')
    await ended
    expect(output()).toContain('Stopping …')
    expect(output()).not.toContain('Cenopie is ready')
    await nothingIsLeft()
  })

  it('runs a module as a service of its own behind the gateway, and says so when that ends by itself', async () => {
    const running = await start('--topology', 'interview-service')
    const [, service] = processPorts(first, 2)
    await expect(signIn()).resolves.toHaveProperty('accessToken')
    const answers = async (url: string) => (await fetch(url)).status
    expect(await answers(`http://127.0.0.1:${first}/docs`)).toBe(200)
    expect(await answers(`http://127.0.0.1:${service}/metrics`)).toBe(200)
    expect(await answers(`http://127.0.0.1:${first}/metrics`)).toBe(404)

    const { logs } = foldersOf(join(foldersOf(dataDir).topologies, 'interview-service'))
    expect(running.output()).toContain(join(logs, 'interview-service.log'))
    process.kill(readyProcess(join(logs, 'interview-service.log')), 'SIGKILL')
    const { code, output } = await running.ended
    expect(code).toBe(1)
    expect(output).toContain('interview-service ended by itself (SIGKILL)')
    await nothingIsLeft()
    expect(readFileSync(join(logs, 'api.log'), 'utf8')).toContain('"msg":"stopped"')
  })

  it('names the topologies there are when asked for another', async () => {
    const { code, output } = await npm('start', {}, '--topology', 'two').ended
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/^There is no topology "two", only all, .*monolith/),
    })
  })

  it('begins anew after a reset', async () => {
    const { code } = await npm('reset').ended
    expect(code).toBe(0)
    expect(existsSync(dataDir)).toBe(false)
  })

  it('says in one line that PostgreSQL or Redis does not answer', async () => {
    const nobody = `127.0.0.1:${first + services.length}`
    const postgres = await npm('start', { DATABASE_URL: `postgres://postgres@${nobody}/postgres` }).ended
    expect(postgres.code).toBe(1)
    expect(postgres.output.split('\n').at(-1)).toMatch(
      /^PostgreSQL at DATABASE_URL .* Start it, or unset DATABASE_URL\.$/,
    )
    const redis = await npm('start', { REDIS_URL: `redis://${nobody}` }).ended
    expect(redis.code).toBe(1)
    expect(redis.output.split('\n').at(-1)).toMatch(
      /^No Redis answers at REDIS_URL .* start it, or unset REDIS_URL\.$/,
    )
    await nothingIsLeft()
  })
})
