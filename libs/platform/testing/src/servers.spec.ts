import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withClient } from '@cenopie/platform-database'
import { Redis } from 'ioredis'
import { expect, test, vi } from 'vitest'
import { postgresFromEnvironment, redisFromEnvironment, startPostgres, startRedis } from './servers.ts'
import { supervise } from './servers/supervise.ts'

async function refuses(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  try {
    await once(socket, 'connect')
    return false
  } catch {
    return true
  } finally {
    socket.destroy()
  }
}

/** A folder with the rights of /tmp: PostgreSQL's user may enter it and remove what is its own. */
async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cenopie-servers-spec-'))
  await chmod(folder, 0o1777)
  return folder
}

test('PostgreSQL answers as soon as it has started, and is gone after stop', async () => {
  const server = await startPostgres()
  const version = await withClient({ url: server.url }, async (client) => {
    const { rows } = await client.query<{ server_version: string; fsync: string }>(
      `select current_setting('server_version') as server_version, current_setting('fsync') as fsync`,
    )
    return rows[0]
  })
  expect(version).toMatchObject({ server_version: expect.stringMatching(/^18/) as string, fsync: 'off' })
  await server.stop()
  expect(await refuses(server.url)).toBe(true)
})

test('a durable PostgreSQL keeps its data and its password over a restart', async () => {
  const folder = await openFolder()
  const dataDir = join(folder, 'postgres')
  const first = await startPostgres({ dataDir, durable: true })
  await withClient({ url: first.url }, (client) => client.query('create table kept (id int)'))
  await first.stop()
  const second = await startPostgres({ dataDir, durable: true })
  await withClient({ url: second.url }, async (client) => {
    await client.query('select from kept')
    expect((await client.query('show fsync')).rows).toEqual([{ fsync: 'on' }])
  })
  await second.stop()
  await rm(folder, { recursive: true })
})

test('Redis answers, refuses to evict, and is gone after stop', async () => {
  const server = await startRedis()
  const redis = new Redis(server.url)
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes'])
  redis.disconnect()
  await server.stop()
  expect(await refuses(server.url)).toBe(true)
})

test('servers die, and take their folders along, when the process that started them is killed', async () => {
  const folder = await openFolder()
  const script = `
    process.env.TMPDIR = '${folder}'
    import { startPostgres, startRedis } from '${new URL('./servers.ts', import.meta.url).href}'
    const servers = await Promise.all([startPostgres(), startRedis()])
    console.log(JSON.stringify(servers.map((server) => server.url)))
    setInterval(() => undefined, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const urls = JSON.parse(line.toString()) as string[]
  expect(await Promise.all(urls.map(refuses))).toEqual([false, false])
  expect(await readdir(folder)).toHaveLength(2)
  parent.kill('SIGKILL')
  await vi.waitFor(async () => {
    expect(await Promise.all(urls.map(refuses))).toEqual([true, true])
    expect(await readdir(folder)).toEqual([])
  }, 15_000)
  await rm(folder, { recursive: true })
})

test('a server that does not start says why', async () => {
  const server = await startRedis()
  const port = Number(new URL(server.url).port)
  await expect(startRedis({ port })).rejects.toThrow(/Redis did not start:[^]*Address already in use/)
  await server.stop()
  const missing = supervise({
    name: 'Nothing',
    command: '/no/such',
    args: [],
    ready: /never/,
    stopSignal: 'TERM',
  })
  await expect(missing).rejects.toThrow(/Nothing did not start:[^]*not found/)
})

test('servers that the environment names are used and left alone', async () => {
  const given = { DATABASE_URL: 'postgres://somewhere/else', REDIS_URL: 'redis://somewhere' }
  const servers = [await postgresFromEnvironment({}, given), await redisFromEnvironment({}, given)]
  expect(servers.map((server) => server.url)).toEqual([given.DATABASE_URL, given.REDIS_URL])
  await Promise.all(servers.map((server) => server.stop()))
})
