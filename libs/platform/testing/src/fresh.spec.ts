import { Redis } from 'ioredis'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase, freshRedis } from './fresh.ts'

test('each fresh database is empty, its own, and gone after close', async () => {
  const [one, other] = [await freshDatabase(), await freshDatabase()]
  const client = new pg.Client({ connectionString: one.url })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table here (id int)')
  const tables = async (url: string) => {
    const probe = new pg.Client({ connectionString: url })
    await probe.connect()
    const { rows } = await probe.query(`select tablename from pg_tables where schemaname = 'public'`)
    await probe.end()
    return rows
  }
  expect(await tables(one.url)).toEqual([{ tablename: 'here' }])
  expect(await tables(other.url)).toEqual([])
  // Drops it although `client` is still connected.
  await one.close()
  await other.close()
  await expect(tables(one.url)).rejects.toMatchObject({ code: '3D000' })
})

test('each fresh Redis is its own, and flushing one leaves the other', async () => {
  const [one, other] = [await freshRedis(), await freshRedis()]
  const clients = [new Redis(one.url), new Redis(other.url)] as const
  await clients[0].set('key', 'one')
  expect(await clients[1].get('key')).toBeNull()
  await clients[1].set('key', 'other')
  await clients[0].flushdb()
  expect(await clients[1].get('key')).toBe('other')
  clients.forEach((client) => client.disconnect())
  await one.close()
  await other.close()
})
