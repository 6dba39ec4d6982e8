import type { Client, Contract } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { createMessaging, outbox, subscribe, subscriptionsOf } from '@cenopie/platform-outbox'
import type { Messaging, Reaction, RedisPair, Subscription, TaskHandler } from '@cenopie/platform-outbox'
import type { Logger } from '@cenopie/platform-telemetry'
import { observed } from './client.ts'
import { readConfig } from './config.ts'
import { publisherOf } from './describe.ts'
import { pruneIdempotencyKeys } from './idempotency.ts'
import type { Bound } from './invoke.ts'
import type { Module, Started } from './module.ts'
import type { PlatformOptions } from './platform.ts'
import type { Rehearsal } from './rehearsal.ts'
import type { BoundStream } from './stream.ts'
import { RemoteSubscription } from './subscriptions.ts'
import { taskPlaces } from './task-places.ts'

/** One module of a process, started but not yet at work. */
export interface Part {
  module: Module
  log: Logger
  database: Database
  started: Started<Contract>
}

/** One module of a running process. */
export interface RunningPart extends Part {
  bounds: Bound[]
  streams: BoundStream[]
  messaging: Messaging
}

/** What the parts of one process have in common. */
interface Shared {
  databases: ReadonlyMap<string, Database>
  neighbour: (contract: Contract) => Client<Contract>
  publicUrl: string
}

export async function startPart(module: Module, options: PlatformOptions, shared: Shared): Promise<Part> {
  const { name } = module.contract
  const production = options.config.env === 'production'
  const log = options.log.child({ module: name })
  const database = shared.databases.get(name) as Database
  const started = await module.start({
    config: module.config ? readConfig(module.config, name, options.env, production) : {},
    database,
    outbox,
    requires: Object.fromEntries(
      Object.entries(module.requires ?? {}).map(([key, contract]) => [
        key,
        observed(contract, shared.neighbour(contract), name),
      ]),
    ),
    log,
    publicUrl: shared.publicUrl,
  })
  return { module, log, database, started }
}

/** Binds a part to the process's Redis and, with its own operations, to whoever calls it. */
export function runPart(
  part: Part,
  { config }: PlatformOptions,
  redis: RedisPair,
  rehearsal: Rehearsal | undefined,
): RunningPart {
  const { module, log, database, started } = part
  const { name } = module.contract
  const messaging = createMessaging({
    module: name,
    database,
    producer: redis.producer,
    consumer: redis.consumer,
    prefix: config.redisPrefix,
    log,
    tasks: (started.tasks ?? []) as unknown as TaskHandler[],
    reactions: (started.on ?? []) as unknown as Reaction[],
    schedules: [
      ...(started.schedules ?? []),
      {
        name: 'prune-idempotency-keys',
        everySeconds: 3600,
        run: async () => void (await database.query(pruneIdempotencyKeys)),
      },
    ],
    concurrency: taskPlaces(config.taskConcurrency),
    pollMs: config.relayPollMs,
    copies: rehearsal?.copies(name),
  })
  const afterWrite = () => messaging.wake()
  const bounds = Object.entries(module.contract.operations).map(([key, operation]): Bound => {
    const handler = started.operations[key] as Bound['handler']
    return { module: name, key, operation, handler, log, afterWrite }
  })
  const handlers = (started.streams ?? {}) as Record<string, BoundStream['handler']>
  const streams = Object.entries(module.contract.streams ?? {}).map(
    ([key, stream]) =>
      ({ module: name, key, stream, handler: handlers[key], log, afterWrite }) as BoundStream,
  )
  return { ...part, bounds, streams, messaging }
}

/** What a module reacts to. */
export function wantedBy({ module, started }: Part): Subscription[] {
  return subscriptionsOf(module.contract.name, (started.on ?? []) as unknown as Reaction[])
}

/** Tells the publishers of this process what the module wants. */
export async function register(part: Part, databases: ReadonlyMap<string, Database>): Promise<void> {
  const wanted = wantedBy(part)
  for (const [publisher, database] of databases) {
    const own = wanted.filter(({ event }) => publisherOf(event) === publisher)
    await subscribe(database, part.module.contract.name, own)
  }
}

/** What publishers of other processes must be told; nothing in tests that deliver events themselves. */
export function remoteSubscriptions(
  parts: readonly Part[],
  { isolated }: PlatformOptions,
): RemoteSubscription[] {
  if (isolated) return []
  const here = new Set(parts.map(({ module }) => module.contract.name))
  return parts.flatMap((part) => {
    const byPublisher = Map.groupBy(wantedBy(part), ({ event }) => publisherOf(event))
    return [...byPublisher]
      .filter(([publisher]) => !here.has(publisher))
      .map(
        ([publisher, wanted]) =>
          new RemoteSubscription(part.module.contract.name, publisher, wanted, part.database, part.log),
      )
  })
}
