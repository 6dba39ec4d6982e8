import { service, versionKey } from '@cenopie/platform-contract'
import type { EventEnvelope } from '@cenopie/platform-contract'
import { Worker, DelayedError } from 'bullmq'
import type { Job } from 'bullmq'
import { causedBy } from './causation.ts'
import type { EntryData } from './entry.ts'
import { actorOf, factOf } from './entry.ts'
import { acksKey, consumerId, eventsQueue } from './names.ts'
import { bury, claimInbox } from './sql.ts'
import type { Reaction } from './types.ts'
import { ageMs, waitForNewer } from './unknown.ts'
import { workerOptions } from './worker-options.ts'
import type { WorkerContext } from './worker-options.ts'

/** Entries in flight at once; they share transactions, so this is also the largest batch. */
const concurrency = 100
const attempts = 10
const backoffMs = (made: number) => Math.min(500 * 2 ** made, 60_000)
const reactionSeconds = 30
/** How long an entry waits for a process that knows its consumer and version, before it counts as nobody's. */
const patienceMs = 24 * 3600 * 1000

interface Waiting {
  entry: EntryData
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Carries out one module's reactions. Whatever arrived while the last transaction was under way goes into the next
 * one together (group commit): inbox rows and effects of a batch commit as one. If any fails, each is tried alone.
 */
export function reactionWorker(context: WorkerContext, reactions: readonly Reaction[]): Worker {
  const known = new Map(
    reactions.map((reaction) => {
      const consumer = consumerId(context.module, reaction.consumer)
      return [handledBy({ ...reaction.event, consumer }), reaction]
    }),
  )
  let waiting: Waiting[] = []
  let busy = false

  async function drain(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await apply(batch.map(({ entry }) => entry))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error)
        else for (const one of batch) await apply([one.entry]).then(one.resolve, one.reject)
      }
    }
    busy = false
  }

  /** Commits the effects of those not yet done, then confirms all to their publishers. */
  async function apply(entries: EntryData[]): Promise<void> {
    // In one order everywhere, so that two batches cannot wait for each other.
    const ordered = entries.toSorted((a, b) => order(factOf(a), factOf(b)) || order(a.consumer, b.consumer))
    await context.database.transaction(async (tx) => {
      const claimed = await tx.query<{ consumer: string; entry_id: string }>(claimInbox, [
        ordered.map(({ consumer }) => consumer),
        ordered.map(factOf),
      ])
      const fresh = new Set(claimed.map((row) => row.consumer + row.entry_id))
      for (const entry of entries) {
        if (!fresh.delete(entry.consumer + factOf(entry))) continue
        const reaction = known.get(handledBy(entry)) as Reaction
        const call = causedBy(entry.meta, service(context.module), reactionSeconds)
        await reaction.run(envelope(entry, reaction), tx, call)
      }
    })
    await acknowledge(entries)
    context.afterWrite()
  }

  /** Lost confirmations do no harm: the publisher's sweep redelivers and the inbox answers again. */
  async function acknowledge(entries: EntryData[]): Promise<void> {
    const bySource = Map.groupBy(entries, (entry) => entry.source)
    for (const [source, confirmed] of bySource) {
      const acks = confirmed.map(({ id, consumer }) => `${id} ${consumer}`)
      await context.redis.rpush(acksKey(context.prefix, source), ...acks).catch(() => {})
    }
  }

  async function attempt(job: Job, token: string | undefined): Promise<void> {
    const entry = job.data as EntryData
    if (!known.has(handledBy(entry))) {
      if (ageMs(job) < patienceMs) await waitForNewer(context, job, token, entry)
      return context.orLater(job, token, () => die(entry, new Error('no process reacts to this version')))
    }
    try {
      await context.orLater(job, token, () => {
        return new Promise<void>((resolve, reject) => {
          waiting.push({ entry, resolve, reject })
          if (!busy) void drain()
        })
      })
    } catch (error) {
      if (error instanceof DelayedError) throw error
      const made = job.attemptsMade + 1
      context.log.warn(
        { err: error, consumer: entry.consumer, entry: entry.id, attempt: made },
        'reaction failed',
      )
      if (made < attempts) throw error
      await context.orLater(job, token, () => die(entry, error))
    }
  }

  async function die(entry: EntryData, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error)
    const { id, consumer, name } = entry
    await context.database.query(bury, [id, consumer, 'event', name, JSON.stringify(entry), reason])
    await acknowledge([entry])
    context.log.error({ consumer, entry: id, reason }, 'reaction is dead')
  }

  return new Worker(eventsQueue(context.module), attempt, {
    ...workerOptions(context),
    concurrency,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 500 },
    settings: { backoffStrategy: backoffMs },
  })
}

const handledBy = (entry: { consumer: string; name: string; version: number }) =>
  `${entry.consumer} ${versionKey(entry)}`

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b))

function envelope(entry: EntryData, reaction: Reaction): EventEnvelope {
  return {
    id: entry.id,
    name: entry.name,
    version: entry.version,
    entity: entry.entity,
    occurredAt: entry.occurredAt,
    actor: actorOf(entry.meta),
    requestId: entry.meta.requestId,
    traceparent: entry.meta.traceparent,
    payload: reaction.event.payload.parse(entry.payload),
  }
}
