import { freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleUrl, roleOf } from './credentials.ts'
import { withClient } from './connect.ts'
import { newId } from './id.ts'
import { provision } from './provision.ts'

// Roles belong to the whole server: names of this file's own keep it apart from files that run beside it.
const suffix = newId().slice(-12)
const [a, b] = [`a_${suffix}`, `b_${suffix}`]
const password = 'a password of printable-ascii'.replaceAll(' ', '_')
let database: Fresh
const as = (schema: string) => ({ url: moduleUrl(database.url, schema, password), schema })

beforeAll(async () => {
  database = await freshDatabase()
  for (const schema of [a, b]) await provision({ adminUrl: database.url, schema, password })
  await withClient(as(b), async (client) => {
    await client.query(`
      create table secret (id int primary key, word text);
      insert into secret values (1, 'hush');
      create sequence counter;
      create type mood as enum ('good');
      create view peek as select * from secret;
      create function tell() returns text language sql as 'select word from ${b}.secret'`)
  })
})

afterAll(async () => {
  await withClient({ url: database.url }, async (admin) => {
    for (const role of [a, b].map(roleOf))
      await admin.query(`drop owned by ${role} cascade; drop role ${role}`)
  })
  await database.close()
})

test('a role works in its own schema without naming it, in UTC', async () => {
  const rows = await withClient({ url: as(b).url }, async (client) => {
    const { rows } = await client.query(`select word, current_setting('timezone') as zone from secret`)
    return rows as unknown
  })
  expect(rows).toEqual([{ word: 'hush', zone: 'UTC' }])
})

test.each([
  ['read', `select * from ${b}.secret`],
  ['insert', `insert into ${b}.secret values (2, 'x')`],
  ['update', `update ${b}.secret set word = 'x'`],
  ['delete', `delete from ${b}.secret`],
  ['truncate', `truncate ${b}.secret`],
  ['lock', `begin; lock table ${b}.secret`],
  ['alter', `alter table ${b}.secret add column more text`],
  ['drop', `drop table ${b}.secret`],
  ['index', `create index on ${b}.secret (word)`],
  ['copy', `copy ${b}.secret to stdout`],
  ['read through a view', `select * from ${b}.peek`],
  ['use a sequence', `select nextval('${b}.counter')`],
  ['call a function', `select ${b}.tell()`],
  ['use a type', `create table mine (m ${b}.mood)`],
  ['reference', `create table mine (id int references ${b}.secret (id))`],
  ['create in it', `create table ${b}.intruder (id int)`],
  ['drop it', `drop schema ${b} cascade`],
  ['rename it', `alter schema ${b} rename to mine`],
  ['grant itself a way in', `grant usage on schema ${b} to current_user`],
  ['become its owner', `set role cenopie_${b}`],
  ['join its owner', `grant cenopie_${b} to current_user`],
  ['create a schema', `create schema other`],
  ['create in public', `create table public.stray (id int)`],
  ['create a role', `create role stray`],
  ['create a database', `create database stray`],
  ['read password hashes', `select * from pg_authid`],
  ['run a program', `copy (select 1) to program 'true'`],
])("a role may not %s in another's schema or beyond its own", async (_what, statement) => {
  const attempt = withClient(as(a), (client) => client.query(statement))
  await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|0L000)$/) as string })
})

test("another's password does not open a role", async () => {
  const wrong = withClient({ url: moduleUrl(database.url, a, `${password}x`) }, async () => undefined)
  await expect(wrong).rejects.toMatchObject({ code: '28P01' })
})

test('what was granted to others is taken away', async () => {
  await withClient(as(b), async (owner) => {
    await owner.query(`
      grant usage on schema ${b} to ${roleOf(a)}, public;
      grant select on secret to public;
      grant execute on function tell to public`)
  })
  await provision({ adminUrl: database.url, schema: b, password })
  const rights = await withClient(as(a), async (client) => {
    const { rows } = await client.query(
      `select has_schema_privilege($1, 'usage') as schema,
              (select has_table_privilege(c.oid, 'select') from pg_class c
               where relname = 'secret' and relnamespace = $1::regnamespace) as table,
              (select has_function_privilege(p.oid, 'execute') from pg_proc p
               where proname = 'tell' and pronamespace = $1::regnamespace) as function`.replaceAll(
        '$1::regnamespace',
        `(select oid from pg_namespace where nspname = $1)`,
      ),
      [b],
    )
    return rows as unknown
  })
  expect(rights).toEqual([{ schema: false, table: false, function: false }])
})

test('many at once, in two databases of one server, all succeed', async () => {
  const other = await freshDatabase()
  try {
    const urls = [database.url, other.url, database.url, other.url, database.url, other.url]
    await Promise.all(urls.map((adminUrl) => provision({ adminUrl, schema: a, password })))
    await withClient({ url: moduleUrl(other.url, a, password) }, async (client) => {
      await client.query('create table works (id int)')
    })
  } finally {
    await other.close()
  }
})

test("the database's owner with CREATEROLE can do it without being superuser", async () => {
  const owner = `owner_${suffix}`
  const name = `owned_${suffix}`
  const schema = `c_${suffix}`
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  await admin.query(`create role ${owner} login createrole password '${password}'`)
  await admin.query(`create database ${name} owner ${owner}`)
  try {
    const adminUrl = new URL(database.url)
    Object.assign(adminUrl, { username: owner, password, pathname: name })
    await provision({ adminUrl: adminUrl.href, schema, password })
    await provision({ adminUrl: adminUrl.href, schema, password })
    await withClient({ url: moduleUrl(adminUrl.href, schema, password) }, async (client) => {
      await client.query('create table works (id int)')
    })
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.query(`drop role ${roleOf(schema)}`)
    await admin.query(`drop role ${owner}`)
    await admin.end()
  }
})

test.each(['', 'Jobs', 'jobs; drop schema public', '1jobs', '"jobs"'])(
  '%j cannot name a schema',
  async (schema) => {
    await expect(provision({ adminUrl: database.url, schema, password })).rejects.toThrow(
      'cannot name a schema',
    )
  },
)
