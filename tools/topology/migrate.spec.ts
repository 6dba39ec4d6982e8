import { freshDatabase, databaseSecret, type Fresh } from '@cenopie/platform-testing/fresh'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateTopology } from './migrate.ts'

let database: Fresh
let own: URL

beforeAll(async () => {
  database = await freshDatabase()
  own = new URL(database.url)
  own.pathname = `${own.pathname}_interviews`
})
afterAll(async () => {
  await query(database.url, `drop database if exists ${own.pathname.slice(1)} with (force)`)
  await database.close()
})

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}
const schemas = (url: string) =>
  query(url, `select schemaname::text from pg_tables where tablename = 'outbox_entry' order by 1`)

test('each module is migrated in the database of its process, which is made for it; a repeat finds nothing', async () => {
  const env = { DATABASE_URL: database.url, CENOPIE_DATABASE_SECRET: databaseSecret }
  const applied = await migrateTopology('interview-service', env)
  expect(applied['interviews']?.length).toBeGreaterThan(1)
  expect(await schemas(own.href)).toEqual(['interviews'])
  const shared = await schemas(database.url)
  expect(shared).toContain('jobs')
  expect(shared).not.toContain('interviews')
  const again = await migrateTopology('interview-service', env)
  expect(Object.values(again).flat()).toEqual([])
})

test('the server must be named, and in production the secret too', async () => {
  await expect(migrateTopology('monolith', {})).rejects.toThrow('DATABASE_URL is missing')
  const env = { DATABASE_URL: database.url, CENOPIE_ENV: 'production' }
  await expect(migrateTopology('monolith', env)).rejects.toThrow('CENOPIE_DATABASE_SECRET must be set')
})
