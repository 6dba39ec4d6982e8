import { modulePassword, moduleUrl, openDatabase, roleOf, type Database } from '@cenopie/platform-database'
import { migrateModules } from '@cenopie/platform-runtime'
import { databaseSecret, freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from './modules.ts'

const names = modules.map(({ contract }) => contract.name)
const pairs = names.flatMap((role) =>
  names.filter((name) => name !== role).map((schema) => ({ role, schema })),
)

let fresh: Fresh
let admin: Database
const roles = new Map<string, Database>()

beforeAll(async () => {
  fresh = await freshDatabase()
  await migrateModules(modules, { adminUrl: fresh.url, secret: databaseSecret })
  admin = openDatabase({ url: fresh.url, schema: 'public' })
  for (const name of names) {
    const url = moduleUrl(fresh.url, name, modulePassword(databaseSecret, name))
    roles.set(name, openDatabase({ url, schema: name, poolSize: 1 }))
  }
})
afterAll(async () => {
  for (const database of [admin, ...roles.values()]) await database.close()
  await fresh.close()
})

const tablesOf = async (schema: string) => {
  const text = 'SELECT tablename FROM pg_tables WHERE schemaname = $1'
  return (await admin.query<{ tablename: string }>(text, [schema])).map(({ tablename }) => tablename)
}

test.each(names)('%s reads every table of its own', async (name) => {
  const tables = await tablesOf(name)
  expect(tables).toContain('outbox_entry')
  for (const table of tables) await roles.get(name)?.query(`SELECT 1 FROM ${name}."${table}" LIMIT 1`)
})

test.each(pairs)('$role is refused on $schema', async ({ role, schema }) => {
  const attempt = roles.get(role)?.query(`SELECT 1 FROM ${schema}.outbox_entry`)
  await expect(attempt).rejects.toMatchObject({ code: '42501' })

  const any = 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'
  const rights = await admin.query(
    `SELECT relname FROM pg_class WHERE relnamespace = $2::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'S')
      AND CASE relkind WHEN 'S' THEN has_sequence_privilege($1, oid, 'USAGE, SELECT, UPDATE')
        ELSE has_table_privilege($1, oid, $3) END`,
    [roleOf(role), schema, any],
  )
  expect(rights).toEqual([])
})
