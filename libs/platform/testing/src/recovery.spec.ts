import { newId } from '@cenopie/platform-database'
import { listDeadLetters, replay } from '@cenopie/platform-outbox'
import { Redis } from 'ioredis'
import { afterEach, expect, test, vi } from 'vitest'
import { count, createNotes, noteWritten } from './fixture/notes.ts'
import type { notesContract } from './fixture/notes.ts'
import { testModule, userCall } from './index.ts'
import type { TestModule } from './index.ts'

let app: TestModule<typeof notesContract>
afterEach(() => app.close())

const write = () => app.client.writeNote({ text: 'a note' }, userCall())
const stars = async (id: string) =>
  (await app.sql<{ stars: number }>('SELECT stars FROM note WHERE id = $1', [id]))[0]?.stars
const done = (id: string) => vi.waitFor(async () => expect(await stars(id)).toBe(100), { timeout: 15_000 })
const meta = JSON.stringify({
  actor: { kind: 'anonymous' },
  requestId: 'r'.repeat(32),
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
})

test('a task whose lease ran out while it still runs has one effect', async () => {
  let runs = 0
  const both = Promise.withResolvers<void>()
  const work = async ({ id }: { id: string }) => {
    runs += 1
    if (runs === 2) both.resolve()
    else await app.sql(`UPDATE outbox_entry SET lease_until = now(), relayed_at = NULL WHERE id = $1`, [id])
    await both.promise
  }
  app = await testModule(createNotes({ work }))
  const note = await write()
  await app.idle()
  expect([runs, await stars(note.id)]).toEqual([2, 100])
})

test('a task that is handed over again while it runs does not run twice', async () => {
  let runs = 0
  const released = Promise.withResolvers<void>()
  const work = () => {
    runs += 1
    return released.promise
  }
  app = await testModule(createNotes({ work }))
  const note = await write()
  await vi.waitFor(() => expect(runs).toBe(1))
  const redis = new Redis(app.urls.redis)
  await redis.flushdb()
  await vi.waitFor(async () => expect(await redis.keys(`*:${count.name}:delayed`)).toHaveLength(1), {
    timeout: 10_000,
  })
  redis.disconnect()
  released.resolve()
  await done(note.id)
  expect(runs).toBe(1)
})

test('a task that could not be claimed is looked at again', async () => {
  app = await testModule(createNotes())
  await app.sql(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`,
  )
  await app.sql(`CREATE TRIGGER refuse BEFORE UPDATE ON outbox_entry FOR EACH ROW
    WHEN (NEW.starts > OLD.starts) EXECUTE FUNCTION refuse()`)
  const note = await write()
  const redis = new Redis(app.urls.redis)
  const seen = async () =>
    (await redis.keys(`*:${count.name}:delayed`)).concat(await redis.keys(`*:${count.name}:failed`))
  await vi.waitFor(async () => expect(await seen()).toHaveLength(1), { timeout: 10_000 })
  redis.disconnect()
  await app.sql('DROP TRIGGER refuse ON outbox_entry')
  await app.sql('UPDATE outbox_entry SET relayed_at = NULL')
  await done(note.id)
})

test('a task whose payload nobody understands any more becomes a dead letter', async () => {
  app = await testModule(createNotes())
  await app.sql(
    `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, pending) VALUES ($1, 'task', $2, 1, '{"old":1}', $3, '{task}')`,
    [newId(), count.name, meta],
  )
  const dead = () => listDeadLetters(app.platform.database('notes'))
  await vi.waitFor(async () => expect(await dead()).toMatchObject([{ name: count.name }]), {
    timeout: 10_000,
  })
})

test('an entry that another process is relaying holds up no other', async () => {
  app = await testModule(createNotes())
  const id = newId()
  await app.sql(
    `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, run_at, pending)
      VALUES ($1, 'event', 'notes.x', 1, '{}', $2, now() + interval '1 second', '{away.all}')`,
    [id, meta],
  )
  await app.platform.database('notes').transaction(async (tx) => {
    await tx.query('SELECT 1 FROM outbox_entry WHERE id = $1 FOR UPDATE', [id])
    const due = () => app.sql('SELECT 1 FROM outbox_entry WHERE id = $1 AND run_at < now()', [id])
    await vi.waitFor(async () => expect(await due()).toHaveLength(1), { timeout: 5_000 })
    await done((await write()).id)
  })
  await app.sql('DELETE FROM outbox_entry')
})

test('a replayed event still says when its fact occurred', async () => {
  app = await testModule(createNotes())
  const occurredAt = '2020-01-01T00:00:00.000Z'
  const entry = {
    version: 1,
    entity: { id: 'x', version: 1 },
    occurredAt,
    payload: {},
    meta: JSON.parse(meta) as unknown,
  }
  const id = newId()
  await app.sql(
    `INSERT INTO dead_letter (id, consumer, kind, name, entry, reason) VALUES ($1, 'away.all', 'event', $2, $3, 'broken')`,
    [id, noteWritten.name, JSON.stringify(entry)],
  )
  expect(await replay(app.platform.database('notes'), id, 'away.all')).toBe(true)
  const [row] = await app.sql<{ created_at: Date }>('SELECT created_at FROM outbox_entry WHERE id = $1', [id])
  expect(row?.created_at.toISOString()).toBe(occurredAt)
})
