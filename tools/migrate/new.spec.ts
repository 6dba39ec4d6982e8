import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
// For the types of what `inject` gives.
import type {} from '@cenopie/platform-testing/global-setup'
import { findDifference } from './differences.ts'
import type { Domain } from './domains.ts'
import { newMigration } from './new.ts'

let folder: string
let domain: Domain

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cenopie-migrate-'))
  const schemaFile = join(folder, 'schema.prisma')
  domain = { name: 'shelf', schemaFile, migrationsDir: join(folder, 'migrations') }
  await describeBook('id Int @id')
})

afterEach(() => rm(folder, { recursive: true }))

async function describeBook(...fields: string[]): Promise<void> {
  const model = `model Book {\n  ${fields.join('\n  ')}\n  @@map("book")\n}`
  await writeFile(domain.schemaFile, `datasource db {\n  provider = "postgresql"\n}\n${model}\n`)
}

const server = inject('postgresUrl')
const write = (name: string, day: string) =>
  newMigration(domain, name, { server, now: new Date(`${day}T03:04:05Z`) })
const writeByHand = async (name: string, day: string, sql: string) => {
  const file = await newMigration(domain, name, { server: undefined, now: new Date(`${day}T00:00:00Z`) })
  await writeFile(file ?? '', sql)
}

test('migrations follow the schema, one difference at a time, until they agree', async () => {
  expect(await write('book', '2026-01-02')).toBe(
    join(domain.migrationsDir, '20260102030405_book', 'migration.sql'),
  )
  expect(await write('nothing', '2026-01-03')).toBeUndefined()

  await describeBook('id Int @id', 'title String')
  const second = (await write('title', '2026-01-04')) ?? ''
  expect(await readFile(second, 'utf8')).toContain(`ADD COLUMN     "title" TEXT NOT NULL`)
  expect((await readdir(domain.migrationsDir)).sort()).toEqual([
    '20260102030405_book',
    '20260104030405_title',
    'migration_lock.toml',
  ])
  expect(await findDifference(server, domain)).toBe('')
})

test('what Prisma cannot express is written by hand and stays', async () => {
  await write('book', '2026-01-02')
  await writeByHand(
    'by_hand',
    '2026-01-03',
    `CREATE UNIQUE INDEX only_one ON book ((id > 0)) WHERE id > 0;
     ALTER TABLE book ADD CHECK (id > 0);
     CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
     CREATE TRIGGER t BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION f();`,
  )
  expect(await findDifference(server, domain)).toBe('')
})

test('a table that the schema does not know is a difference', async () => {
  await write('book', '2026-01-02')
  await writeByHand('stray', '2026-01-03', 'CREATE TABLE stray (id int PRIMARY KEY)')
  expect(await findDifference(server, domain)).toContain('DROP TABLE "stray"')
})

test.each(['', 'A', '../../etc', 'add-title', 'x; drop'])('"%s" does not name a migration', async (name) => {
  await expect(write(name, '2026-01-02')).rejects.toThrow('does not name a migration')
})
