import { newId } from '@cenopie/platform-database'
import { discard, listDeadLetters, replay } from '@cenopie/platform-outbox'
import type { TaskRun } from '@cenopie/platform-outbox'
import { Redis } from 'ioredis'
import { afterEach, expect, test, vi } from 'vitest'
import { count, createNotes, noteWritten, notesContract, starGiven } from './fixture/notes.ts'
import { faultProxy, testModule, userCall } from './index.ts'
import type { FaultProxy, TestModule } from './index.ts'

let app: TestModule<typeof notesContract>
const proxies: FaultProxy[] = []
const start = async (script: Parameters<typeof createNotes>[0] = {}) => {
  app = await testModule(createNotes(script))
}
afterEach(async () => {
  await app.close()
  for (const proxy of proxies.splice(0)) await proxy.close()
})

const write = (text = 'a note') => app.client.writeNote({ text }, userCall())
const stars = async (id: string) =>
  (await app.sql<{ stars: number }>('SELECT stars FROM note WHERE id = $1', [id]))[0]?.stars
const star = (noteId: string, version = 1) => ({
  entity: { id: noteId, version },
  payload: { noteId, count: 1 },
})
const flush = async () => {
  const redis = new Redis(app.urls.redis)
  await redis.flushdb()
  redis.disconnect()
}

test('a state change brings its event and its task; a rolled back one brings neither', async () => {
  await start()
  const note = await write()
  await expect(write('SHOUTED')).rejects.toMatchObject({ code: 'notes.too-loud' })
  const events = await app.published(noteWritten)
  expect(events).toMatchObject([{ payload: { noteId: note.id }, entity: { id: note.id, version: 1 } }])
  expect(events[0]?.actor).toMatchObject({ kind: 'user' })
  expect(await stars(note.id)).toBe(100)
  expect(await app.sql('SELECT 1 FROM note')).toHaveLength(1)
})

test('one trace runs from the request through the outbox into the task', async () => {
  const runs: TaskRun[] = []
  await start({ work: async (run) => void runs.push(run) })
  const call = userCall()
  await app.client.writeNote({ text: 'traced' }, call)
  await app.idle()
  expect(runs[0]?.call.traceparent.slice(3, 35)).toBe(call.traceparent.slice(3, 35))
  expect(runs[0]?.call).toMatchObject({
    requestId: call.requestId,
    actor: { kind: 'service', name: 'notes' },
  })
})

test('an event delivered twice has one effect', async () => {
  await start()
  const note = await write()
  await app.idle()
  const id = newId()
  await app.deliver(starGiven, star(note.id), { id })
  await app.deliver(starGiven, star(note.id), { id })
  expect(await stars(note.id)).toBe(101)
})

test('many events at once all count, though one of them fails the batch they share', async () => {
  const failed = new Set<string>()
  let poison = ''
  await start({
    react: (noteId) => {
      if (noteId !== poison || failed.has(noteId)) return
      failed.add(noteId)
      throw new Error('once')
    },
  })
  const [good, bad] = [await write(), await write()]
  await app.idle()
  poison = bad.id
  const deliveries = Array.from({ length: 50 }, (_, index) =>
    app.deliver(starGiven, star(index === 20 ? bad.id : good.id)),
  )
  await Promise.all(deliveries)
  expect([await stars(good.id), await stars(bad.id)]).toEqual([149, 101])
})

test('a task that fails is tried again; its attempts are counted in PostgreSQL', async () => {
  const attempts: number[] = []
  await start({
    work: async ({ attempt }) => {
      attempts.push(attempt)
      if (attempt < 3) throw new Error('not yet')
    },
  })
  const note = await write()
  await vi.waitFor(async () => expect(await stars(note.id)).toBe(100), { timeout: 10_000 })
  expect(attempts).toEqual([1, 2, 3])
})

test('a task that fails for good becomes a dead letter, which an operator replays or discards', async () => {
  let broken = true
  await start({
    work: async () => {
      if (broken) throw new Error('provider is gone')
    },
  })
  const note = await write()
  await vi.waitFor(async () => expect(await stars(note.id)).toBe(-1), { timeout: 10_000 })
  const database = app.platform.database('notes')
  const [dead] = await listDeadLetters(database)
  expect(dead).toMatchObject({ name: count.name, reason: 'provider is gone', consumer: 'task' })
  expect(await app.sql('SELECT 1 FROM outbox_entry')).toEqual([])

  broken = false
  expect(await replay(database, dead?.id ?? '', 'task')).toBe(true)
  await vi.waitFor(async () => expect(await stars(note.id)).toBe(99), { timeout: 10_000 })
  expect(await listDeadLetters(database)).toEqual([])
  expect(await discard(database, dead?.id ?? '', 'task')).toBe(false)
})

test('FLUSHALL while tasks wait and run: all are done, none twice', async () => {
  const released = Promise.withResolvers<void>()
  await start({ work: () => released.promise })
  const notes = await Promise.all(Array.from({ length: 40 }, () => write()))
  await vi.waitFor(async () => {
    expect(await app.sql('SELECT 1 FROM outbox_entry WHERE lease_until IS NOT NULL')).not.toHaveLength(0)
  })
  await flush()
  released.resolve()
  await app.idle()
  expect(await Promise.all(notes.map(({ id }) => stars(id)))).toEqual(notes.map(() => 100))
})

test('FLUSHALL while a subscriber is away loses no event', async () => {
  await start()
  await write('first')
  await app.idle()
  await app.sql(`INSERT INTO outbox_subscription (event, consumer, module) VALUES ($1, 'away.all', 'away')`, [
    noteWritten.name,
  ])
  await write('second')
  const waiting = () =>
    app.sql<{ pending: string[] }>(
      `SELECT pending FROM outbox_entry WHERE kind = 'event' AND relayed_at IS NOT NULL`,
    )
  await vi.waitFor(async () => expect(await waiting()).toEqual([{ pending: ['away.all'] }]))
  await flush()
  const redis = app.platform.redis.producer
  await vi.waitFor(async () => expect((await redis.keys('*away.events:wait')).length).toBe(1), {
    timeout: 5_000,
  })
})

test('with Redis gone writes go on, and the work is done when it is back', async () => {
  const redisVia = async (url: string) => {
    const proxy = await faultProxy(url)
    proxies.push(proxy)
    return proxy.url
  }
  app = await testModule(createNotes(), { redisVia })
  await proxies[0]?.cut()
  await vi.waitFor(async () => {
    expect((await app.http({ method: 'GET', url: '/health/ready' })).body).toMatchObject({
      degraded: ['redis'],
    })
  })
  const note = await write()
  expect(await stars(note.id)).toBe(0)
  await proxies[0]?.heal()
  await vi.waitFor(async () => expect(await stars(note.id)).toBe(100), { timeout: 15_000 })
})

test('an event that no longer fits its schema is refused before anything is written', async () => {
  await start()
  const { outbox } = await import('@cenopie/platform-outbox')
  const database = app.platform.database('notes')
  const wrong = { entity: { id: 'x', version: 1 }, payload: { noteId: 'not-an-id', text: 'x' } }
  await expect(
    database.transaction((tx) => outbox.publish(tx, userCall(), noteWritten, wrong)),
  ).rejects.toThrow(/note-written/)
  expect(await app.published(noteWritten)).toEqual([])
})
