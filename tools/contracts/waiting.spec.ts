import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { event, task } from '@cenopie/platform-contract'
import { migrateModule, modulePassword, newId, openDatabase } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import { outboxTables } from '@cenopie/platform-outbox'
import type { ModuleDescription } from '@cenopie/platform-runtime'
import { databaseSecret, freshDatabase } from '@cenopie/platform-testing/fresh'
import type { Fresh } from '@cenopie/platform-testing/fresh'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { waitingIn } from './waiting.ts'

const bookPut = event('shelf.book-put', 1, z.object({ title: z.string() }))
const dust = task('shelf.dust', z.object({ bookId: z.uuid() }))
const nothing = {
  requires: [],
  provides: [],
  streams: [],
  publishes: [],
  consumes: [],
  tasks: [],
  schedules: [],
  settings: [],
}
const modules: ModuleDescription[] = [
  { ...nothing, name: 'shelf', publishes: [bookPut], tasks: [dust] },
  { ...nothing, name: 'reader', consumes: [{ event: bookPut, publisher: 'shelf', consumer: 'reader.note' }] },
]

let fresh: Fresh
const databases: Record<string, Database> = {}
beforeAll(async () => {
  fresh = await freshDatabase()
  for (const schema of ['shelf', 'reader']) {
    const { url } = await migrateModule({
      adminUrl: fresh.url,
      schema,
      password: modulePassword(databaseSecret, schema),
      migrationsDir: `${import.meta.dirname}/no-migrations`,
      platform: outboxTables,
    })
    databases[schema] = openDatabase({ url, schema })
  }
})
afterAll(async () => {
  for (const database of Object.values(databases)) await database.close()
  await fresh.close()
})

async function wait(kind: string, name: string, version: number, payload: object, pending?: string[]) {
  const id = newId()
  await databases['shelf']!.query(
    `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, pending) VALUES ($1, $2, $3, $4, $5, '{}', $6)`,
    [id, kind, name, version, JSON.stringify(payload), pending ?? null],
  )
  return id
}

test('what waits is counted, and what the code would not understand is named', async () => {
  await wait('event', 'shelf.book-put', 1, { title: 'a' }, ['reader.note'])
  await wait('event', 'shelf.book-put', 1, { title: 'b', gone: 'dropped' })
  const untitled = await wait('event', 'shelf.book-put', 1, { name: 'c' })
  const abandoned = await wait('event', 'shelf.book-put', 1, { title: 'd' }, ['reader.forgotten'])
  const newer = await wait('event', 'shelf.book-put', 2, { title: 'e' })
  await wait('task', 'shelf.dust', 1, { bookId: newId() }, ['task'])
  const renamed = await wait('task', 'shelf.sweep', 1, {})
  const dead = newId()
  const died = [dead, JSON.stringify({ version: 1, payload: { title: 7 } })]
  await databases['reader']!.query(
    `INSERT INTO dead_letter (id, consumer, kind, name, entry, reason)
      VALUES ($1, 'reader.note', 'event', 'shelf.book-put', $2, 'x')`,
    died,
  )
  const event = { schema: 'shelf', table: 'outbox_entry', kind: 'event', key: 'shelf.book-put' }
  expect(await waitingIn(fresh.url, modules)).toEqual([
    { ...event, count: 4, ids: [untitled, abandoned], reason: expect.stringContaining('$.title') },
    {
      ...event,
      key: 'shelf.book-put@2',
      count: 1,
      ids: [newer],
      reason: 'nothing is called shelf.book-put@2',
    },
    { ...event, kind: 'task', key: 'shelf.dust', count: 1, ids: [] },
    {
      ...event,
      kind: 'task',
      key: 'shelf.sweep',
      count: 1,
      ids: [renamed],
      reason: 'nothing is called shelf.sweep',
    },
    {
      schema: 'reader',
      table: 'dead_letter',
      kind: 'event',
      key: 'shelf.book-put',
      count: 1,
      ids: [dead],
      reason: expect.stringContaining('$.title'),
    },
  ])
})

test('the program fails and names them', { timeout: 60_000 }, async () => {
  const id = await wait('event', 'shelf.unheard-of', 1, {})
  const program = [join(import.meta.dirname, 'contracts.ts'), 'check', '--database', fresh.url]
  const [code, output] = await new Promise<[unknown, string]>((resolve) =>
    execFile(process.execPath, program, (error, stdout, stderr) => resolve([error?.code, stdout + stderr])),
  )
  expect(code).toBe(1)
  expect(output).toContain(
    `shelf.outbox_entry: 1 × event shelf.unheard-of, 1 NOT understood (nothing is called shelf.unheard-of): ${id}`,
  )
})

test('more entries than fit in a batch', async () => {
  await databases['shelf']!.query('DELETE FROM outbox_entry')
  await databases['reader']!.query('DELETE FROM dead_letter')
  await databases['shelf']!.query(
    `INSERT INTO outbox_entry (id, kind, name, version, payload, meta)
      SELECT gen_random_uuid(), 'event', 'shelf.book-put', 1, '{"title":"a"}', '{}' FROM generate_series(1, 2500)`,
  )
  expect(await waitingIn(fresh.url, modules)).toMatchObject([{ count: 2500, ids: [] }])
})
