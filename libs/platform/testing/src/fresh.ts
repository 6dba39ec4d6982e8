import { newId, withClient } from '@cenopie/platform-database'
import { Redis } from 'ioredis'
import { inject } from 'vitest'
// For the types of what `inject` gives.
import type {} from './global-setup.ts'

export interface Fresh {
  url: string
  close(): Promise<void>
}

/**
 * Module passwords in tests derive from this. Roles belong to the whole server, so every test file must use the same.
 */
export const databaseSecret = 'the database secret of tests'

/** An empty database of its own on the run's PostgreSQL; `url` is a superuser's. `close` drops it, connections and all. */
export async function freshDatabase(): Promise<Fresh> {
  const server = inject('postgresUrl')
  const name = `test_${newId().replaceAll('-', '')}`
  await asAdmin(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = name
  return { url: url.href, close: () => asAdmin(server, `drop database ${name} with (force)`) }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  await withClient({ url }, (client) => client.query(statement))
}

/** A numbered Redis database of its own, empty. FLUSHDB in it harms nobody; `close` does that. */
export async function freshRedis(): Promise<Fresh> {
  const server = inject('redisUrl')
  const databases = await onRedis(server, (redis) => redis.config('GET', 'databases'))
  const last = Number((databases as string[])[1] ?? 16) - 1
  const taken = await onRedis(server, (redis) => redis.incr('cenopie:tests'))
  const url = new URL(server)
  // Number 0 keeps the counter.
  url.pathname = `/${1 + ((taken - 1) % last)}`
  const empty = () => onRedis(url.href, async (redis) => void (await redis.flushdb()))
  await empty()
  return { url: url.href, close: empty }
}

async function onRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 })
  try {
    await redis.connect()
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}
