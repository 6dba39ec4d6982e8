import { event, service, task } from '@cenopie/platform-contract'
import type { EventType } from '@cenopie/platform-contract'
import { migrateModule, modulePassword, newId, openDatabase } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import {
  connectRedis,
  createMessaging,
  eventsQueue,
  handle,
  listDeadLetters,
  outbox,
  outboxTables,
  react,
  subscribe,
  subscriptionsOf,
} from '@cenopie/platform-outbox'
import type { Messaging, Reaction, RedisPair, TaskHandler } from '@cenopie/platform-outbox'
import { createLogger } from '@cenopie/platform-telemetry'
import { Queue } from 'bullmq'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { databaseSecret, freshDatabase, freshRedis } from './fresh.ts'
import type { Fresh } from './fresh.ts'
import { callBy } from './callers.ts'

const printed = event('press.printed', 1, z.object({ title: z.string() }))
const printed2 = event('press.printed', 2, z.object({ title: z.string(), pages: z.int() }))
const bind = task('press.bind', z.object({ title: z.string() }))
const bind2 = task('press.bind', z.object({ title: z.string(), cover: z.string() }), { version: 2 })

const prefix = 'versions'
const call = callBy(service('press'))
let servers: Fresh[]
let database: Database
let redis: RedisPair
let running: Messaging[]
let heard: string[]
const warned = vi.fn<(line: { entry: object }, text: string) => void>()

beforeEach(async () => {
  servers = [await freshDatabase(), await freshRedis()]
  const { url } = await migrateModule({
    adminUrl: servers[0]!.url,
    schema: 'press',
    password: modulePassword(databaseSecret, 'press'),
    migrationsDir: `${import.meta.dirname}/no-migrations`,
    platform: outboxTables,
  })
  database = openDatabase({ url, schema: 'press' })
  redis = await connectRedis(servers[1]!.url, createLogger({ service: 'test', level: 'error' }))
  running = []
  heard = []
  warned.mockReset()
})
afterEach(async () => {
  await stop()
  await redis.close()
  await database.close()
  for (const server of servers) await server.close()
})

/** A process with these parts of the module; what it wants is told to the publisher, which is itself. */
async function start(parts: { on?: Reaction[]; tasks?: TaskHandler[] }): Promise<void> {
  const log = createLogger({ service: 'test', level: 'error' })
  log.warn = warned as unknown as typeof log.warn
  await subscribe(database, 'press', subscriptionsOf('press', parts.on ?? []))
  const messaging = createMessaging({
    module: 'press',
    database,
    producer: redis.producer,
    consumer: redis.consumer,
    prefix,
    log,
    tasks: parts.tasks ?? [],
    reactions: parts.on ?? [],
    schedules: [],
    pollMs: 20,
  })
  running.push(messaging)
  await messaging.start()
}

async function stop(): Promise<void> {
  for (const messaging of running.splice(0)) await messaging.close(1000)
}

const hear = <E extends EventType>(type: E, consumer: string) =>
  react(
    type,
    consumer,
    async ({ version }) => void heard.push(`${consumer} ${version}`),
  ) as unknown as Reaction
const work = <T extends typeof bind | typeof bind2>(type: T) =>
  handle(type, async ({ title }) => void heard.push(`${title} ${type.version}`)) as unknown as TaskHandler

const entity = { id: newId(), version: 1 }
const publishBoth = () =>
  database.transaction(async (tx) => {
    const payload = { title: 'a' }
    const sameAs = await outbox.publish(tx, call, printed, { entity, payload })
    await outbox.publish(tx, call, printed2, { entity, payload: { ...payload, pages: 2 }, sameAs })
  })
const publish = <E extends EventType>(type: E, payload: z.input<E['payload']>) =>
  database.transaction((tx) => outbox.publish(tx, call, type, { entity, payload }))
const entries = () => database.query('SELECT 1 FROM outbox_entry')
const done = () => vi.waitFor(async () => expect(await entries()).toEqual([]), { timeout: 10_000 })

test('a fact told in two versions reaches each subscriber in its own, and who knows both once', async () => {
  await start({
    on: [hear(printed, 'stays'), hear(printed, 'moves'), hear(printed2, 'moves'), hear(printed2, 'is-new')],
  })
  await publishBoth()
  await done()
  expect(heard.toSorted()).toEqual(['is-new 2', expect.stringMatching(/^moves [12]$/), 'stays 1'])
})

test('who knows both hears of a publisher that tells only one, old or new', async () => {
  await start({ on: [hear(printed, 'moves'), hear(printed2, 'moves')] })
  await publish(printed, { title: 'a' })
  await publish(printed2, { title: 'a', pages: 2 })
  await done()
  expect(heard.toSorted()).toEqual(['moves 1', 'moves 2'])
})

test('an entry that waited while its consumer moved on is heard in the version it was written in', async () => {
  await subscribe(database, 'press', [{ event: 'press.printed', consumer: 'press.moves' }])
  await publishBoth()
  await start({ on: [hear(printed, 'moves'), hear(printed2, 'moves')] })
  await done()
  expect(heard).toHaveLength(1)
})

test('an event of a version nobody here knows waits, says so, and is heard when somebody does', async () => {
  await start({ on: [hear(printed, 'moves')] })
  await database.query(`INSERT INTO outbox_subscription VALUES ('press.printed@2', 'press.moves', 'press')`)
  const id = await publish(printed2, { title: 'a', pages: 2 })
  await vi.waitFor(() => expect(warned).toHaveBeenCalled())
  const entry = { id, name: 'press.printed', version: 2, consumer: 'press.moves' }
  expect(warned.mock.calls[0]?.[0]).toMatchObject({ entry })
  expect(await listDeadLetters(database)).toEqual([])
  await stop()
  await start({ on: [hear(printed, 'moves'), hear(printed2, 'moves')] })
  await done()
  expect(heard).toEqual(['moves 2'])
})

test('after a day it is a dead letter', async () => {
  await start({ on: [hear(printed, 'moves')] })
  const queue = new Queue(eventsQueue('press'), { connection: redis.producer, prefix })
  const data = {
    id: newId(),
    source: 'press',
    consumer: 'press.moves',
    name: 'press.printed',
    version: 2,
    entity,
    occurredAt: new Date().toISOString(),
    meta: { actor: { kind: 'anonymous' }, requestId: call.requestId, traceparent: call.traceparent },
    payload: {},
  }
  await queue.add('press.printed', data, { timestamp: Date.now() - 25 * 3600 * 1000 })
  await vi.waitFor(async () => expect(await listDeadLetters(database)).toMatchObject([{ id: data.id }]))
  await queue.close()
})

test('tasks of two versions share a queue, and each runs as what it was enqueued', async () => {
  await start({ tasks: [work(bind), work(bind2)] })
  await database.transaction(async (tx) => {
    await outbox.enqueue(tx, call, bind, { title: 'old' })
    await outbox.enqueue(tx, call, bind2, { title: 'new', cover: 'hard' })
  })
  await done()
  expect(heard.toSorted()).toEqual(['new 2', 'old 1'])
})

test('a task of a version nobody here knows waits unharmed, says so, and runs when somebody does', async () => {
  await start({ tasks: [work(bind)] })
  await database.transaction((tx) => outbox.enqueue(tx, call, bind2, { title: 'new', cover: 'hard' }))
  await vi.waitFor(() => expect(warned).toHaveBeenCalled())
  expect(warned.mock.calls[0]?.[0]).toMatchObject({ entry: { name: 'press.bind', version: 2 } })
  const rows = await database.query('SELECT starts, failures FROM outbox_entry')
  expect(rows).toEqual([{ starts: 0, failures: 0 }])
  await stop()
  await start({ tasks: [work(bind), work(bind2)] })
  await done()
  expect(heard).toEqual(['new 2'])
})
