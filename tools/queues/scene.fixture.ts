import { modules } from '@cenopie/api'
import { modulePassword, moduleUrl, newId, openDatabase } from '@cenopie/platform-database'
import { migrateModules } from '@cenopie/platform-runtime'
import { databaseSecret, freshDatabase, freshRedis } from '@cenopie/platform-testing/fresh'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

export const task = 'auth.send-verification'

/** The platform's databases and a Redis, with nobody at work. */
export async function scene() {
  const [postgres, broker] = [await freshDatabase(), await freshRedis()]
  await migrateModules(modules, { adminUrl: postgres.url, secret: databaseSecret })
  const url = moduleUrl(postgres.url, 'auth', modulePassword(databaseSecret, 'auth'))
  const database = openDatabase({ url, schema: 'auth', poolSize: 1 })
  const redis = new Redis(broker.url, { maxRetriesPerRequest: null })
  const queue = new Queue(task, { connection: redis, prefix: 'cenopie' })
  return {
    env: { DATABASE_URL: postgres.url, REDIS_URL: broker.url, CENOPIE_DATABASE_SECRET: databaseSecret },
    database,
    redis,
    queue,
    /** An entry that waits for the relay, on somebody's account. */
    async waiting(fairKey: string) {
      await database.query(
        `INSERT INTO outbox_entry (id, kind, name, version, payload, meta, pending, fair_key)
          VALUES ($1, 'task', $2, 1, '{}', '{}', '{task}', $3)`,
        [newId(), task, fairKey],
      )
    },
    /** A task that failed for good. Resolves to its id. */
    async dead(): Promise<string> {
      const id = newId()
      await database.query(
        `INSERT INTO dead_letter (id, consumer, kind, name, entry, reason)
          VALUES ($1, 'task', 'task', $2, '{"version":1,"payload":{},"meta":{}}', 'no mail server')`,
        [id, task],
      )
      return id
    },
    async count(table: 'outbox_entry' | 'dead_letter' | 'outbox_pause') {
      return (await database.query(`SELECT 1 FROM ${table}`)).length
    },
    async close() {
      await queue.close()
      redis.disconnect()
      await database.close()
      await Promise.all([postgres.close(), broker.close()])
    },
  }
}
