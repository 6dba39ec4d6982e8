import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { versionKey } from '@cenopie/platform-contract'
import type { EntityVersion, EventType } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { acksKey, eventsQueue } from '@cenopie/platform-outbox'
import type { EntryData, RedisPair, Subscription } from '@cenopie/platform-outbox'
import { Queue } from 'bullmq'
import type { z } from 'zod'
import { callBy, userActor } from './callers.ts'

export interface Fact<E extends EventType> {
  entity: EntityVersion
  payload: z.input<E['payload']>
  /** ISO time of the fact, for what arrives late. Default: now. */
  occurredAt?: string
}

const patienceMs = 15_000

/** Puts an event into a module's queue as another domain's relay would, and waits for its confirmations. */
export async function deliver<E extends EventType>(
  target: { module: string; subscriptions: readonly Subscription[]; redis: RedisPair; prefix: string },
  event: E,
  fact: Fact<E>,
  id: string = newId(),
): Promise<void> {
  const { module, redis, prefix } = target
  const wanted = target.subscriptions.filter((subscription) => subscription.event === versionKey(event))
  if (wanted.length === 0) throw new Error(`${module} does not react to ${versionKey(event)}`)
  const source = `test-${randomUUID()}`
  const { requestId, traceparent } = callBy(userActor())
  const queue = new Queue(eventsQueue(module), { connection: redis.producer, prefix })
  await queue.addBulk(
    wanted.map(({ consumer }) => {
      const data: EntryData = {
        id,
        source,
        consumer,
        name: event.name,
        version: event.version,
        entity: fact.entity,
        occurredAt: fact.occurredAt ?? new Date().toISOString(),
        meta: { actor: { kind: 'service', name: 'test' }, requestId, traceparent },
        payload: event.payload.parse(fact.payload),
      }
      return { name: event.name, data, opts: { jobId: `${id}.${consumer}.${randomUUID()}` } }
    }),
  )
  const until = Date.now() + patienceMs
  let confirmed = 0
  while (confirmed < wanted.length) {
    confirmed += (await redis.producer.lpop(acksKey(prefix, source), 100))?.length ?? 0
    const [failed] = await queue.getFailed(0, 0)
    if (failed && confirmed < wanted.length)
      throw new Error(`reaction to ${event.name} failed: ${failed.failedReason}`)
    if (Date.now() > until) throw new Error(`${event.name} was not confirmed within ${patienceMs} ms`)
    await sleep(10)
  }
  await queue.close()
}
