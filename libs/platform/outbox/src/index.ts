import { readFileSync } from 'node:fs'
import type { PlatformStep } from '@cenopie/platform-database'

export { discard, listDeadLetters, replay } from './dead-letters.ts'
export type { DeadLetter } from './dead-letters.ts'
export type { EntryData } from './entry.ts'
export { createMessaging } from './messaging.ts'
export type { Messaging } from './messaging.ts'
export { acksKey, consumerId, eventsQueue } from './names.ts'
export { outbox } from './outbox.ts'
export { clearFailed, fairStates, pause, queueStates, resume, retry, retryEntry } from './queues.ts'
export type { FairState, QueueState, TaskQueue } from './queues.ts'
export { connectRedis } from './redis.ts'
export type { RedisPair } from './redis.ts'
export { schedulesTask } from './schedules.ts'
export { subscribe, subscriptionsOf } from './subscriptions.ts'
export type { Subscription } from './subscriptions.ts'
export { AlreadyDone } from './task-worker.ts'
export * from './types.ts'

/** This library's tables in every module's schema, for `migrateModule`. */
export const outboxTables: readonly PlatformStep[] = [step('0001_outbox'), step('0002_task_queues')]

function step(name: string): PlatformStep {
  return { name, sql: readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8') }
}
