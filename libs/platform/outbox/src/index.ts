import { readFileSync } from 'node:fs'
import type { PlatformStep } from '@cenopie/platform-database'

export { discard, listDeadLetters, replay } from './dead-letters.ts'
export type { DeadLetter } from './dead-letters.ts'
export type { EntryData } from './entry.ts'
export { createMessaging } from './messaging.ts'
export type { Messaging } from './messaging.ts'
export { acksKey, consumerId, eventsQueue } from './names.ts'
export { outbox } from './outbox.ts'
export { connectRedis } from './redis.ts'
export type { RedisPair } from './redis.ts'
export { schedulesTask } from './schedules.ts'
export { subscribe, subscriptionsOf } from './subscriptions.ts'
export type { Subscription } from './subscriptions.ts'
export { AlreadyDone } from './task-worker.ts'
export * from './types.ts'

/** This library's tables in every module's schema, for `migrateModule`. */
export const outboxTables: readonly PlatformStep[] = [
  { name: '0001_outbox', sql: readFileSync(new URL('../sql/0001_outbox.sql', import.meta.url), 'utf8') },
]
