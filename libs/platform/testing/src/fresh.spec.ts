import { withClient } from '@cenopie/platform-database'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { freshDatabase, freshRedis } from './fresh.ts'

test('each fresh database is empty, its own, and gone after close', async () => {
  const [one, other] = [await freshDatabase(), await freshDatabase()]
  const tables = (url: string) =>
    withClient({ url }, async (client) => {
      const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public'`)
      return rows as unknown
    })
  await withClient({ url: one.url }, async (client) => {
    await client.query('create table here (id int)')
    expect(await tables(one.url)).toEqual([{ tablename: 'here' }])
    expect(await tables(other.url)).toEqual([])
    // Drops it although somebody is still connected.
    await one.close()
  })
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
