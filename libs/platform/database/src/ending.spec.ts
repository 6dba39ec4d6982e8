import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freshDatabase, type Fresh } from '@cenopie/platform-testing/fresh'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withClient } from './connect.ts'
import { roleOf } from './credentials.ts'
import { apart } from './ending.ts'
import { newId } from './id.ts'
import { migrateModule } from './migrate-module.ts'
import { openDatabase } from './open-database.ts'
import type { Database, Queryable } from './types.ts'

const schema = `e_${newId().slice(-12)}`
let admin: Fresh
let database: Database
/** What other sessions see. */
let outside: Database

beforeAll(async () => {
  admin = await freshDatabase()
  const migrationsDir = fileURLToPath(new URL('../fixture/migrations', import.meta.url))
  const { url } = await migrateModule({
    ...{ adminUrl: admin.url, schema, password: 'secret', migrationsDir, platform: [] },
  })
  database = openDatabase({ url, schema, poolSize: 2 })
  outside = openDatabase({ url, schema, poolSize: 1 })
  // Commits that take their time: whoever does not wait for them sees too little.
  await outside.query(
    `create function slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(0.05); return null; end $$`,
  )
  await outside.query(
    `create constraint trigger slow after insert on thing deferrable initially deferred
       for each row execute function slowly()`,
  )
})

afterAll(async () => {
  // A connection that was not given back would keep this from ending.
  await database.close()
  await outside.close()
  await withClient({ url: admin.url }, (client) =>
    client.query(`drop owned by ${roleOf(schema)} cascade; drop role ${roleOf(schema)}`),
  )
  await admin.close()
})

beforeEach(async () => {
  await outside.query('truncate thing')
  // Both connections are there, so that no query waits for one instead of for a commit.
  await Promise.all([rowsOf(database), rowsOf(database)])
})

const insert = (sql: Queryable, name: string) =>
  sql.query('insert into thing (id, name) values ($1, $2)', [newId(), name])
const write = (name: string) => database.transaction((tx) => insert(tx, name))
const seen = async () =>
  (await outside.query<{ name: string }>('select name from thing order by name')).map(({ name }) => name)
const rowsOf = (sql: Queryable) => sql.query('select 1 from thing')

test('what is written last commits with the transaction that work ended with', async () => {
  const result = await database.endWith(
    async () => {
      await write('effect')
      return 'answer'
    },
    async (sql, answer) => {
      expect(await rowsOf(sql)).toHaveLength(1)
      expect(await seen()).toEqual([])
      await insert(sql, answer)
    },
  )
  expect(result).toBe('answer')
  expect(await seen()).toEqual(['answer', 'effect'])
})

test('what fails last takes the transaction that work ended with along', async () => {
  const attempt = database.endWith(
    () => write('effect'),
    (sql) => sql.query('select 1 / 0').then(() => undefined),
  )
  await expect(attempt).rejects.toThrow('division by zero')
  expect(await seen()).toEqual([])
})

test('a transaction that swallowed a failed statement does not pass for committed', async () => {
  const attempt = database.endWith(
    () =>
      database.transaction(async (tx) => {
        await insert(tx, 'lost')
        await tx.query('select 1 / 0').catch(() => undefined)
      }),
    async () => undefined,
  )
  await expect(attempt).rejects.toThrow('rolled back')
  expect(await seen()).toEqual([])
})

test('work that throws after its transaction leaves the transaction', async () => {
  const attempt = database.endWith(
    async () => {
      await write('counted')
      throw new Error('refused')
    },
    (sql) => insert(sql, 'answer').then(() => undefined),
  )
  await expect(attempt).rejects.toThrow('refused')
  expect(await seen()).toEqual(['counted'])
})

const goesOn: [string, () => Promise<unknown>][] = [
  ['asks the database again', () => rowsOf(database)],
  ['begins another transaction', () => database.transaction(rowsOf)],
  ['calls somebody else', () => apart(() => rowsOf(outside))],
]
test.each(goesOn)('work that %s after its transaction has it committed first', async (_, further) => {
  await database.endWith(
    async () => {
      await write('effect')
      expect(await further()).toHaveLength(1)
    },
    (sql) => insert(sql, 'answer').then(() => undefined),
  )
  expect(await seen()).toEqual(['answer', 'effect'])
})

test('work that waits for anything else does not keep its transaction open meanwhile', async () => {
  await database.endWith(
    async () => {
      await write('effect')
      do await turn()
      while ((await seen()).length === 0)
    },
    async () => undefined,
  )
  expect(await seen()).toEqual(['effect'])
})

test('only the last of several transactions waits', async () => {
  await database.endWith(
    async () => {
      await Promise.all([write('one'), write('two')])
      await write('three')
    },
    async (sql) => {
      expect(await seen()).toEqual(['one', 'two'])
      await insert(sql, 'answer')
    },
  )
  expect(await seen()).toEqual(['answer', 'one', 'three', 'two'])
})

test('a commit that fails after work went on is told to whatever work asks next, and to its caller', async () => {
  let told: unknown
  const attempt = database.endWith(
    async () => {
      await database.transaction(async (tx) => {
        await insert(tx, 'lost')
        await outside.query('select pg_terminate_backend($1)', [await pidOf(tx)])
      })
      told = await database.query('select 1').catch((error: unknown) => error)
    },
    async () => undefined,
  )
  await expect(attempt).rejects.toMatchObject({ code: 'unavailable' })
  expect(told).toMatchObject({ code: 'unavailable' })
  expect(await seen()).toEqual([])
})

test('a query that is sent in a foreign context waits for what its caller takes for committed', async () => {
  // As Prisma does: whoever asks first collects what is asked until the next tick, and sends all of it.
  const asked: (() => void)[] = []
  const collect = () =>
    new Promise<unknown[]>((resolve, reject) => {
      if (asked.push(() => void rowsOf(database).then(resolve, reject)) > 1) return
      process.nextTick(() => asked.forEach((send) => send()))
    })
  const wrote = Promise.withResolvers<void>()
  const stranger = wrote.promise.then(() => collect())
  await database.endWith(
    async () => {
      await write('effect')
      wrote.resolve()
      await wrote.promise
      expect(await collect()).toHaveLength(1)
    },
    async () => undefined,
  )
  await stranger
  expect(asked).toHaveLength(2)
})

test('work in a circle of others keeps its own transactions', async () => {
  await database.endWith(
    async () => {
      await apart(() => write('of another call'))
      expect(await seen()).toEqual(['of another call'])
      await write('own')
    },
    async () => expect(await seen()).toEqual(['of another call']),
  )
  expect(await seen()).toEqual(['of another call', 'own'])
})

test('what goes on after work has returned commits for itself', async () => {
  const late = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  await database.endWith(
    async () => {
      void started.promise.then(() => write('late')).then(() => late.resolve(), late.reject)
    },
    async () => undefined,
  )
  started.resolve()
  await late.promise
  expect(await seen()).toEqual(['late'])
})

test('endings at once share a pool and hold no connection of it', async () => {
  const names = Array.from({ length: 20 }, (_, at) => String(at).padStart(2, '0'))
  await Promise.all(
    names.map((name) =>
      database.endWith(
        async () => {
          await write(name)
          if (Number(name) % 2 === 0) expect(await rowsOf(database)).not.toHaveLength(0)
        },
        (sql) => insert(sql, `${name}!`).then(() => undefined),
      ),
    ),
  )
  expect(await seen()).toEqual(names.flatMap((name) => [name, `${name}!`]))
})

async function pidOf(sql: Queryable): Promise<unknown> {
  return (await sql.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid
}
