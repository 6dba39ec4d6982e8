import { anonymous } from '@cenopie/platform-contract'
import type { CallContext, TaskType } from '@cenopie/platform-contract'
import { migrateModule, openDatabase } from '@cenopie/platform-database'
import { createLogger } from '@cenopie/platform-telemetry'
import { freshDatabase, freshRedis } from '@cenopie/platform-testing'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { expect, vi } from 'vitest'
import type { z } from 'zod'
import { connectRedis, createMessaging, outbox, outboxTables } from './index.ts'
import type { TaskHandler, TaskQueue } from './index.ts'
import { epochKey } from './names.ts'

export type Workshop = Awaited<ReturnType<typeof workshop>>

/** The background work of a module that has nothing else, on a PostgreSQL schema and a Redis of its own. */
export async function workshop(handler: TaskHandler, concurrency?: ReadonlyMap<string, number>) {
  const [postgres, broker] = [await freshDatabase(), await freshRedis()]
  const { url } = await migrateModule({
    adminUrl: postgres.url,
    schema: 'work',
    password: 'workshop',
    migrationsDir: import.meta.dirname + '/no-migrations',
    platform: outboxTables,
  })
  const log = createLogger({ service: 'test', level: 'silent' })
  const database = openDatabase({ url, schema: 'work' })
  const redis = await connectRedis(broker.url, log)
  const messaging = createMessaging({
    module: 'work',
    database,
    producer: redis.producer,
    consumer: redis.consumer,
    prefix: 'test',
    log,
    tasks: [handler],
    reactions: [],
    schedules: [],
    concurrency,
    pollMs: 20,
  })
  const queue = new Queue(handler.task.name, { connection: redis.producer, prefix: 'test' })
  await messaging.start()
  // The relay takes a Redis that it sees for the first time for one that was emptied; tests empty it themselves.
  await vi.waitFor(async () => expect(await redis.producer.exists(epochKey('test', 'work'))).toBe(1))
  return {
    database,
    queue,
    tasks: { database, queue } satisfies TaskQueue,
    enqueue: <T extends TaskType>(task: T, payloads: z.input<T['payload']>[]) =>
      database.transaction(async (tx) => {
        for (const payload of payloads) await outbox.enqueue(tx, call(), task, payload)
      }),
    /** How many entries have not been handed to BullMQ. */
    async unrelayed() {
      return (await database.query('SELECT 1 FROM outbox_entry WHERE relayed_at IS NULL')).length
    },
    /** How many entries are not done. */
    async unfinished() {
      return (await database.query(`SELECT 1 FROM outbox_entry WHERE name = $1`, [handler.task.name])).length
    },
    async flush() {
      const client = new Redis(broker.url)
      await client.flushdb()
      client.disconnect()
    },
    async close() {
      await messaging.close(0)
      await queue.close()
      await redis.close()
      await database.close()
      await Promise.all([postgres.close(), broker.close()])
    },
  }
}

function call(): CallContext {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  return { actor: anonymous, requestId: 'r'.repeat(32), traceparent, deadline: Date.now() }
}
