import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { faultProxy, type FaultProxy } from '@cenopie/platform-testing/fault-proxy'
import { freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withClient } from './connect.ts'
import { roleOf } from './credentials.ts'
import { isUniqueViolation } from './errors.ts'
import { newId } from './id.ts'
import { migrateModule } from './migrate-module.ts'
import { openDatabase } from './open-database.ts'
import { sqlOf } from './sql-of.ts'
import type { Database, PrismaTransaction, Queryable } from './types.ts'

/** What this file uses of the client that Prisma generates from the fixture. */
interface Fixture {
  thing: {
    create(query: { data: { id: string; name: string } }): Promise<{ createdAt: Date }>
    findMany(): Promise<{ name: string; createdAt: Date }[]>
    findUnique(query: { where: { name: string } }): Promise<{ name: string } | null>
  }
  $transaction<T>(work: (tx: PrismaTransaction & Pick<Fixture, 'thing'>) => Promise<T>): Promise<T>
  $disconnect(): Promise<void>
}

const schema = `o_${newId().slice(-12)}`
const fixture = fileURLToPath(new URL('../fixture/', import.meta.url))
let admin: Fresh
let proxy: FaultProxy
let database: Database
let prisma: Fixture

beforeAll(async () => {
  const prismaCli = createRequire(import.meta.url).resolve('prisma/build/index.js')
  execFileSync(process.execPath, [prismaCli, 'generate', '--schema', `${fixture}schema.prisma`], {
    // Any executable will do: generating needs no engine, but looks for one.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' },
    stdio: 'pipe',
  })
  const client = '../src/data/generated/client.ts'
  const { PrismaClient } = (await import(client)) as {
    PrismaClient: new (options: { adapter: Database['prismaAdapter'] }) => Fixture
  }
  admin = await freshDatabase()
  proxy = await faultProxy(admin.url)
  const adminUrl = proxy.url
  const migrationsDir = `${fixture}migrations`
  const { url } = await migrateModule({ adminUrl, schema, password: 'secret', migrationsDir, platform: [] })
  database = openDatabase({ url, schema, poolSize: 2, connectTimeoutMs: 500, statementTimeoutMs: 300 })
  prisma = new PrismaClient({ adapter: database.prismaAdapter })
})

afterAll(async () => {
  await prisma.$disconnect()
  await database.close()
  await proxy.close()
  await withClient({ url: admin.url }, (client) =>
    client.query(`drop owned by ${roleOf(schema)} cascade; drop role ${roleOf(schema)}`),
  )
  await admin.close()
})

beforeEach(async () => {
  await database.query('delete from thing')
})

const insert = 'insert into thing (id, name) values ($1, $2)'
const names = () => database.query('select name from thing order by name')

test('values come back as the types say', async () => {
  const [row] = await database.query(
    `select 9007199254740991::int8 as safe, 9007199254740993::int8 as large, 1.10::numeric as price,
            '2026-11-23T10:00:00+02'::timestamptz as at, '2026-11-23'::date as day, '{"a":1}'::jsonb as json`,
  )
  expect(row).toEqual({
    safe: 9007199254740991,
    large: 9007199254740993n,
    price: '1.10',
    at: new Date('2026-11-23T08:00:00Z'),
    day: '2026-11-23',
    json: { a: 1 },
  })
})

test('a named statement is prepared once per connection', async () => {
  await database.transaction(async (tx) => {
    for (const name of ['a', 'b']) await tx.query({ name: 'insert thing', text: insert }, [newId(), name])
    expect(await tx.query('select name from pg_prepared_statements')).toEqual([{ name: 'insert thing' }])
  })
})

test('a transaction commits what its work did', async () => {
  const result = await database.transaction(async (tx) => {
    expect(tx.transaction).toBe(true)
    await tx.query(insert, [newId(), 'kept'])
    return 'done'
  })
  expect(result).toBe('done')
  expect(await names()).toEqual([{ name: 'kept' }])
})

test('a transaction whose work throws leaves nothing, and its error comes through', async () => {
  const failure = new Error('changed my mind')
  const attempt = database.transaction(async (tx) => {
    await tx.query(insert, [newId(), 'gone'])
    throw failure
  })
  await expect(attempt).rejects.toBe(failure)
  expect(await names()).toEqual([])
})

test('a transaction that swallowed a failed statement does not pass for committed', async () => {
  const attempt = database.transaction(async (tx) => {
    await tx.query(insert, [newId(), 'lost'])
    await tx.query('select 1 / 0').catch(() => undefined)
  })
  await expect(attempt).rejects.toThrow('rolled back')
  expect(await names()).toEqual([])
})

test('Prisma and SQL see one database, in UTC, and commit together', async () => {
  const before = Date.now()
  const { createdAt } = await prisma.thing.create({ data: { id: newId(), name: 'by Prisma' } })
  expect(Math.abs(createdAt.getTime() - before)).toBeLessThan(60_000)
  await prisma.$transaction(async (tx) => {
    await tx.thing.create({ data: { id: newId(), name: 'in one' } })
    await sqlOf(tx).query(insert, [newId(), 'transaction'])
  })
  expect(await names()).toEqual([{ name: 'by Prisma' }, { name: 'in one' }, { name: 'transaction' }])
  const rolledBack = prisma.$transaction(async (tx) => {
    await sqlOf(tx).query(insert, [newId(), 'undone'])
    await tx.thing.create({ data: { id: newId(), name: 'in one' } })
  })
  await expect(rolledBack).rejects.toSatisfy((error) => isUniqueViolation(error, 'thing_name_key'))
  expect(await names()).toHaveLength(3)
})

test('what is written last commits with the Prisma transaction that work ended with', async () => {
  const last = async (sql: Queryable, name: string) => {
    expect(await names()).toEqual([])
    await sql.query(insert, [newId(), name])
  }
  const end = () =>
    database.endWith(
      () =>
        prisma.$transaction(async (tx) => {
          await tx.thing.create({ data: { id: newId(), name: 'effect' } })
          return 'answer'
        }),
      last,
    )
  await end()
  expect(await names()).toEqual([{ name: 'answer' }, { name: 'effect' }])
  await expect(end()).rejects.toThrow()
  expect(await names()).toHaveLength(2)
})

test('work that asks Prisma again after a Prisma transaction has it committed first', async () => {
  const create = (name: string) =>
    prisma.$transaction((tx) => tx.thing.create({ data: { id: newId(), name } }))
  const failure = new Error('refused')
  await database.endWith(
    async () => {
      await create('one')
      expect(await prisma.thing.findUnique({ where: { name: 'one' } })).not.toBeNull()
      await create('two')
      expect(await prisma.thing.findMany()).toHaveLength(2)
      await database
        .endWith(
          () => create('three'),
          () => Promise.reject(failure),
        )
        .catch(() => undefined)
    },
    (sql) => sql.query(insert, [newId(), 'answer']).then(() => undefined),
  )
  expect(await names()).toEqual(['answer', 'one', 'two'].map((name) => ({ name })))
})

test('Prisma and SQL share one pool', async () => {
  await Promise.all([
    ...Array.from({ length: 5 }, () => prisma.thing.findMany()),
    ...Array.from({ length: 5 }, () => names()),
  ])
  const sessions = await withClient({ url: admin.url }, (client) =>
    client.query('select from pg_stat_activity where usename = $1', [roleOf(schema)]),
  )
  expect(sessions.rowCount).toBeLessThanOrEqual(2)
})

test('the SQL side of both kinds of transaction gives the same results', async () => {
  const ask = (tx: Parameters<typeof sqlOf>[0]) =>
    sqlOf(tx).query(
      `select 7::int8 as count, 1.25::numeric as price, $1::jsonb as json, $2::uuid as id,
              timestamptz '2026-11-23T10:00:00Z' as at, $3::timestamptz as given, null as nothing`,
      [JSON.stringify({ list: [1, 2] }), '0199b0a0-7e6f-7000-8000-000000000000', new Date(0)],
    )
  expect(await prisma.$transaction(ask)).toEqual(await database.transaction(ask))
})

test('unique violations are told apart by constraint, by SQL and by Prisma', async () => {
  const id = newId()
  await database.query(insert, [id, 'one'])
  const bySql = database.query(insert, [newId(), 'one'])
  await expect(bySql).rejects.toSatisfy((error) => isUniqueViolation(error, 'thing_name_key'))
  const byPrisma = prisma.thing.create({ data: { id, name: 'two' } })
  await expect(byPrisma).rejects.toSatisfy(
    (error) => isUniqueViolation(error, 'thing_pkey') && !isUniqueViolation(error, 'thing_name_key'),
  )
})

test('a statement over its limit is deadline-exceeded', async () => {
  await expect(database.query('select pg_sleep(5)')).rejects.toMatchObject({ code: 'deadline-exceeded' })
})

test('a session that the server ends is unavailable, for SQL and for Prisma, and the next one works', async () => {
  const suicide = 'select pg_terminate_backend(pg_backend_pid())'
  await expect(database.query(suicide)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(database.transaction((tx) => tx.query(suicide))).rejects.toMatchObject({ code: 'unavailable' })
  const byPrisma = prisma.$transaction((tx) => tx.$queryRawUnsafe(suicide))
  await expect(byPrisma).rejects.toMatchObject({ code: 'unavailable' })
  await database.ping()
})

test('a database that cannot be reached is unavailable, and comes back', async () => {
  await database.ping()
  await proxy.cut()
  await expect(database.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
  await expect(database.transaction(async () => undefined)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(prisma.thing.findMany()).rejects.toMatchObject({ code: 'unavailable' })
  await expect(prisma.$transaction(async () => undefined)).rejects.toMatchObject({ code: 'unavailable' })
  await proxy.heal()
  await database.ping()
  expect(await prisma.thing.findMany()).toEqual([])
})

test('a pool whose connections are all taken is unavailable after its wait', async () => {
  const release: (() => void)[] = []
  const held = [0, 1].map(() =>
    database.transaction(() => new Promise<void>((resolve) => void release.push(resolve))),
  )
  await expect(database.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
  release.forEach((end) => end())
  await Promise.all(held)
})
