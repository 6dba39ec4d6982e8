import type { Logger } from '@cenopie/platform-telemetry'
import { Redis } from 'ioredis'

export interface RedisPair {
  producer: Redis
  consumer: Redis
  close(): Promise<void>
}

const commandTimeoutMs = 5_000

/**
 * Two connections for one process. Throws one line that says what to do when Redis is away at start or evicts keys:
 * an evicted queue key is lost work until the sweep finds it.
 */
export async function connectRedis(url: string, log: Logger): Promise<RedisPair> {
  const retryStrategy = (tries: number) => Math.min(tries * 100, 2_000)
  const producer = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: commandTimeoutMs,
    retryStrategy,
  })
  const consumer = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy })
  let away = false
  producer.on('error', (error: Error) => {
    if (!away) log.warn({ reason: error.message }, 'Redis is away: background work waits in PostgreSQL')
    away = true
  })
  producer.on('ready', () => {
    if (away) log.info('Redis is back')
    away = false
  })
  consumer.on('error', () => {})
  try {
    await Promise.all([producer.connect(), consumer.connect()])
  } catch {
    producer.disconnect()
    consumer.disconnect()
    const { host } = new URL(url)
    throw new Error(`Redis does not answer at ${host}: start it, or point REDIS_URL at one that runs.`)
  }
  await checkEviction(producer, log)
  return {
    producer,
    consumer,
    close: async () => {
      await Promise.allSettled([producer.quit(), consumer.quit()])
    },
  }
}

async function checkEviction(redis: Redis, log: Logger): Promise<void> {
  let policy: string | undefined
  try {
    const answer = (await redis.config('GET', 'maxmemory-policy')) as string[]
    policy = answer[1]
  } catch {
    log.warn('Redis does not tell its maxmemory-policy; it must be noeviction')
    return
  }
  if (policy !== 'noeviction') {
    throw new Error(
      `Redis has maxmemory-policy ${policy}: set it to noeviction, or queued work would be evicted.`,
    )
  }
}
