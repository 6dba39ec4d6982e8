import { migrateModules } from '@cenopie/platform-runtime'
import { withClient } from '@cenopie/platform-database'
import { databaseSecret, freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import { modules } from '@cenopie/api'
import { beforeAll, expect, test } from 'vitest'
import { publishedEntries, recordEntries, withoutTheClocks } from './entries.ts'
import { untilQuiet } from './quiet.ts'

let database: Fresh
const jobs = modules.filter(({ contract }) => contract.name === 'jobs')
const sql = (text: string) => withClient({ url: database.url }, (client) => client.query(text))
const publish = (name: string, requestId: string) =>
  `insert into jobs.outbox_entry (id, kind, name, version, payload, meta)
   values (gen_random_uuid(), 'task', '${name}', 1, '{"n":1}',
     '{"requestId":"${requestId}","actor":{"kind":"service","name":"jobs"}}')`
const names = async () => withoutTheClocks(await publishedEntries(database.url)).map(({ name }) => name)

beforeAll(async () => {
  database = await freshDatabase()
  await migrateModules(jobs, { adminUrl: database.url, secret: databaseSecret })
  await recordEntries(database.url)
  return database.close
})

test('what was published stays on record when it has been done, and what was rolled back never was', async () => {
  await sql(publish('jobs.one', 'a'))
  await sql(`begin; ${publish('jobs.two', 'b')}; rollback`)
  await sql('delete from jobs.outbox_entry')
  expect(await publishedEntries(database.url)).toMatchObject([
    { module: 'jobs', name: 'jobs.one', payload: { n: 1 }, actor: { kind: 'service', name: 'jobs' } },
  ])
})

test('what a schedule led to is no part of it', async () => {
  await sql(publish('jobs.schedules', 'c'))
  await sql(publish('jobs.three', 'c'))
  expect(await names()).toEqual(['jobs.one'])
})

test('it is quiet only when nothing waits any more', async () => {
  const seen: string[] = []
  await sql(publish('jobs.four', 'd'))
  const waiting = untilQuiet([database.url]).then(() => seen.push('quiet'))
  await sql('select from jobs.outbox_entry')
  seen.push('done')
  await sql('delete from jobs.outbox_entry')
  await waiting
  expect(seen).toEqual(['done', 'quiet'])
})
