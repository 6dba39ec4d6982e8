import { versionKey } from '@cenopie/platform-contract'
import type { Contract, EventEnvelope, EventType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { acksKey, eventsQueue, subscribe } from '@cenopie/platform-outbox'
import type { EntryData, RedisPair } from '@cenopie/platform-outbox'
import { Worker } from 'bullmq'

/** A subscriber of everything one module publishes; it only remembers. */
export interface Tap {
  seen<E extends EventType>(event: E): EventEnvelope<E>[]
  close(): Promise<void>
}

export async function tap(
  contract: Contract,
  database: Database,
  redis: RedisPair,
  prefix: string,
): Promise<Tap> {
  const entries: EntryData[] = []
  const wanted = Object.values(contract.events).map((event) => ({
    event: versionKey(event),
    consumer: 'tap.all',
  }))
  await subscribe(database, 'tap', wanted)
  const remember = async ({ data }: { data: EntryData }) => {
    if (!entries.some(({ id }) => id === data.id)) entries.push(data)
    await redis.producer.rpush(acksKey(prefix, data.source), `${data.id} ${data.consumer}`)
  }
  const worker = new Worker(eventsQueue('tap'), remember, {
    connection: redis.consumer,
    prefix,
    removeOnComplete: { count: 0 },
  })
  worker.on('error', () => {})
  return {
    seen: (event) =>
      entries
        .filter((entry) => versionKey(entry) === versionKey(event))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ meta, ...entry }) => ({ ...entry, ...meta }) as unknown as EventEnvelope<typeof event>),
    close: () => worker.close(),
  }
}
