export { childSpan } from './causation.ts'
export { discard, listDeadLetters, replay } from './dead-letters.ts'
export type { DeadLetter } from './dead-letters.ts'
export type { EntryData } from './entry.ts'
export { createMessaging } from './messaging.ts'
export type { Messaging } from './messaging.ts'
export { consumerId, eventsQueue } from './names.ts'
export { outbox } from './outbox.ts'
export { connectRedis } from './redis.ts'
export type { RedisPair } from './redis.ts'
export { subscribe, subscriptionsOf } from './subscriptions.ts'
export { AlreadyDone } from './task-worker.ts'
export * from './types.ts'

/** The folder of SQL that `migrateModule` applies to every module's schema. */
export const outboxTables = new URL('../sql/', import.meta.url)
