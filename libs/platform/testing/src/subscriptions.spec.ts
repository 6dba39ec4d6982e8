import { randomUUID } from 'node:crypto'
import { defineContract } from '@cenopie/platform-contract'
import { react } from '@cenopie/platform-outbox'
import { connect, defineModule, internalTokens, migrateModules } from '@cenopie/platform-runtime'
import { platformConfig, startPlatform, subscriptionContract } from '@cenopie/platform-runtime'
import type { Module, Platform } from '@cenopie/platform-runtime'
import { createLogger } from '@cenopie/platform-telemetry'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNotes, noteWritten, notesContract, starGiven } from './fixture/notes.ts'
import { databaseSecret, freshDatabase, freshRedis } from './fresh.ts'
import type { Fresh } from './fresh.ts'
import { serviceCall, userCall } from './index.ts'
import { freePort } from './servers.ts'

const readersContract = defineContract({ name: 'readers', operations: {}, events: {} })
const read = vi.fn<(text: string) => void>()

/** Hears of notes and needs nothing else. */
const readers = defineModule({
  contract: readersContract,
  prisma: new URL('fixture/no-tables/', import.meta.url),
  start: () => ({
    operations: {},
    on: [react(noteWritten, 'read', async ({ payload }) => read(payload.text))],
  }),
})
const notes = createNotes()

/** Two processes, each with a database of its own, and the Redis between them. */
let databases: Record<'notes' | 'readers', Fresh>
let redis: Fresh
let ports: Record<'notes' | 'readers' | 'stars', number>
const prefix = `test-${randomUUID()}`
const running = new Set<Platform>()

beforeEach(async () => {
  read.mockReset()
  databases = { notes: await freshDatabase(), readers: await freshDatabase() }
  redis = await freshRedis()
  ports = { notes: await freePort(), readers: await freePort(), stars: await freePort() }
  await migrateModules([notes], { adminUrl: databases.notes.url, secret: databaseSecret })
  await migrateModules([readers], { adminUrl: databases.readers.url, secret: databaseSecret })
})
afterEach(async () => {
  await Promise.all([...running].map(stop))
  await Promise.all([databases.notes.close(), databases.readers.close(), redis.close()])
})

async function start(module: Module, env: Record<string, string> = {}): Promise<Platform> {
  const name = module.contract.name as 'notes' | 'readers'
  const platform = await startPlatform({
    name,
    modules: [module],
    config: platformConfig.parse({
      port: ports[name],
      logLevel: 'silent',
      databaseSecret,
      redisPrefix: prefix,
      relayPollMs: 20,
      stopSeconds: 2,
    }),
    env: { DATABASE_URL: databases[name].url, REDIS_URL: redis.url, ...env },
    log: createLogger({ service: name, level: 'silent' }),
  })
  running.add(platform)
  return platform
}

async function stop(platform: Platform): Promise<void> {
  if (running.delete(platform)) await platform.close()
}

const startNotes = () => start(notes as unknown as Module, { CENOPIE_STARS_URL: urlOf('stars') })
const startReaders = () => start(readers as unknown as Module, { CENOPIE_NOTES_URL: urlOf('notes') })
const urlOf = (name: keyof typeof ports) => `http://127.0.0.1:${ports[name]}`
const readiness = async ({ url }: Platform) => {
  const response = await fetch(`${url}/health/ready`)
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) }
}
const untilReady = (platform: Platform) =>
  vi.waitFor(async () => expect(await readiness(platform)).toMatchObject({ status: 'ok' }), {
    timeout: 10_000,
  })

test('a consumer in a process of its own is ready once the publisher keeps its events, and hears all of them', async () => {
  const consumer = await startReaders()
  expect(await readiness(consumer)).toEqual({ status: 'subscribing', publishers: ['notes'] })

  const publisher = await startNotes()
  await untilReady(consumer)
  await publisher.client(notesContract).writeNote({ text: 'hello' }, userCall())
  await vi.waitFor(() => expect(read).toHaveBeenCalledWith('hello'))
})

test('what is published while the consumer is away waits for it, and it starts without its publisher', async () => {
  const first = await startReaders()
  const publisher = await startNotes()
  await untilReady(first)
  await stop(first)
  await publisher.client(notesContract).writeNote({ text: 'while you were out' }, userCall())
  await vi.waitFor(async () => {
    const waiting = 'SELECT pending FROM outbox_entry WHERE name = $1 AND relayed_at IS NOT NULL'
    const rows = await publisher.database('notes').query<{ pending: string[] }>(waiting, [noteWritten.name])
    expect(rows).toEqual([{ pending: ['readers.read'] }])
  })
  await stop(publisher)

  const second = await startReaders()
  expect(await readiness(second)).toMatchObject({ status: 'ok' })
  await vi.waitFor(() => expect(read).toHaveBeenCalledWith('while you were out'))
})

test('a publisher that is nowhere is named, and the process does not start', async () => {
  await expect(start(readers as unknown as Module)).rejects.toThrow(
    'notes is neither in this process nor at CENOPIE_NOTES_URL',
  )
})

test('a publisher keeps its own events only, and only for services', async () => {
  const publisher = await startNotes()
  const subscribe = connect(
    subscriptionContract('notes'),
    publisher.url,
    internalTokens('cenopie-development', 'x'),
  ).subscribe
  const ask = (event: string, consumer: string) =>
    subscribe({ module: 'readers', subscriptions: [{ event, consumer }] }, serviceCall('readers'))
  await expect(ask(starGiven.name, 'readers.read')).rejects.toMatchObject({
    errors: [{ field: 'subscriptions.0.event' }],
  })
  await expect(ask(noteWritten.name, 'others.read')).rejects.toMatchObject({
    errors: [{ field: 'subscriptions.0.consumer' }],
  })
  const outside = await fetch(`${publisher.url}/internal/v1/notes/subscriptions/readers`, { method: 'PUT' })
  expect(outside.status).toBe(404)
})
