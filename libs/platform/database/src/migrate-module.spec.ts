import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withClient } from './connect.ts'
import { roleOf } from './credentials.ts'
import { newId } from './id.ts'
import { migrateModule } from './migrate-module.ts'

const schema = `m_${newId().slice(-12)}`
const platform = [
  { name: '0001_outbox', sql: 'create table outbox_entry (id int); create index on outbox_entry (id)' },
]
let database: Fresh
let migrationsDir: string

beforeEach(async () => {
  database = await freshDatabase()
  migrationsDir = await mkdtemp(join(tmpdir(), 'cenopie-migrations-'))
  await writeMigration('20260101000000_init', 'create table thing (id int)')
})

afterEach(async () => {
  await withClient({ url: database.url }, (admin) =>
    admin.query(`drop owned by ${roleOf(schema)} cascade; drop role ${roleOf(schema)}`),
  )
  await database.close()
  await rm(migrationsDir, { recursive: true })
})

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(migrationsDir, name), { recursive: true })
  await writeFile(join(migrationsDir, name, 'migration.sql'), sql)
}

const migrate = (extensions?: readonly string[]) =>
  migrateModule({ adminUrl: database.url, schema, password: 'secret', migrationsDir, platform, extensions })

async function tables(): Promise<unknown> {
  return withClient({ url: database.url }, async (admin) => {
    const { rows } = await admin.query<{ tablename: string; tableowner: string }>(
      `select tablename, tableowner from pg_tables where schemaname = $1 order by 1`,
      [schema],
    )
    return rows.map((row) => `${row.tablename} of ${row.tableowner}`)
  })
}

test('the first time makes everything, owned by the module; the second finds nothing to do', async () => {
  expect((await migrate()).applied).toEqual(['0001_outbox', '20260101000000_init'])
  const owner = roleOf(schema)
  const made = [`_platform_migrations of ${owner}`, `_prisma_migrations of ${owner}`]
  expect(await tables()).toEqual([...made, `outbox_entry of ${owner}`, `thing of ${owner}`])
  expect((await migrate()).applied).toEqual([])
})

test('several processes at once apply each step once', async () => {
  const runs = await Promise.all(Array.from({ length: 6 }, () => migrate()))
  expect(runs.flatMap((run) => run.applied).sort()).toEqual(['0001_outbox', '20260101000000_init'])
})

test('a later migration is applied alone, and an older release then still starts', async () => {
  await migrate()
  await writeMigration('20260202000000_more', 'create table more (id int)')
  expect((await migrate()).applied).toEqual(['20260202000000_more'])
  await rm(join(migrationsDir, '20260202000000_more'), { recursive: true })
  expect((await migrate()).applied).toEqual([])
})

test('functions with semicolons inside reach PostgreSQL whole', async () => {
  await writeMigration(
    '20260202000000_function',
    `create function f() returns int language plpgsql as $$ begin perform 1; return 2; end $$; select f();`,
  )
  expect((await migrate()).applied).toContain('20260202000000_function')
})

test('a failing migration leaves nothing of itself and stops every later start with its reason', async () => {
  await writeMigration('20260202000000_bad', 'create table half (id int); create table thing (id int)')
  await expect(migrate()).rejects.toThrow('already exists')
  expect(await tables()).not.toContain(`half of ${roleOf(schema)}`)
  await expect(migrate()).rejects.toThrow('20260202000000_bad failed before')
})

test('a migration that was changed after it had been applied is refused', async () => {
  await migrate()
  await writeMigration('20260101000000_init', 'create table thing (id bigint)')
  await expect(migrate()).rejects.toThrow('was changed after it had been applied')
})

test('a role whose password changed gets the new one', async () => {
  await migrate()
  const { url } = await migrateModule({
    adminUrl: database.url,
    schema,
    password: 'other',
    migrationsDir,
    platform,
  })
  await withClient({ url }, (client) => client.query('select from thing'))
})

test('extensions are there before the tables that need them, also those that a later version brings', async () => {
  await migrate()
  await writeMigration(
    '20260102000000_spelling',
    'create index thing_spelling on thing using gin ((id::text) public.gin_trgm_ops)',
  )
  expect((await migrate(['pg_trgm'])).applied).toEqual(['20260102000000_spelling'])
  await expect(migrate(['pg_trgm; drop schema public'])).rejects.toThrow('cannot name an extension')
})
