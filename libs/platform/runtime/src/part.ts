import type { Client, Contract } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { createMessaging, outbox, subscribe, subscriptionsOf } from '@cenopie/platform-outbox'
import type { Messaging, Reaction, RedisPair, Subscription, TaskHandler } from '@cenopie/platform-outbox'
import { readConfig, variable } from './config.ts'
import { connect } from './connect.ts'
import { pruneIdempotencyKeys } from './idempotency.ts'
import type { InternalTokens } from './identity/internal-token.ts'
import type { Bound } from './invoke.ts'
import type { Module, Started } from './module.ts'
import type { PlatformOptions } from './platform.ts'

/** One module of a running process. */
export interface Part {
  module: Module
  database: Database
  started: Started<Contract>
  bounds: Bound[]
  messaging: Messaging
}

/** What the parts of one process have in common. */
interface Shared {
  databases: ReadonlyMap<string, Database>
  clients: ReadonlyMap<string, Client<Contract>>
  tokens: InternalTokens
  publicUrl: string
  redis: RedisPair
  production: boolean
}

export async function startPart(module: Module, options: PlatformOptions, shared: Shared): Promise<Part> {
  const { name } = module.contract
  const log = options.log.child({ module: name })
  const database = shared.databases.get(name) as Database
  const started = await module.start({
    config: module.config ? readConfig(module.config, name, options.env, shared.production) : {},
    database,
    outbox,
    requires: requiredClients(module, options, shared),
    log,
    publicUrl: shared.publicUrl,
  })
  const messaging = createMessaging({
    module: name,
    database,
    producer: shared.redis.producer,
    consumer: shared.redis.consumer,
    prefix: options.config.redisPrefix,
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
    pollMs: options.config.relayPollMs,
  })
  const bounds = Object.entries(module.contract.operations).map(([key, operation]): Bound => {
    const handler = started.operations[key] as Bound['handler']
    return { module: name, key, operation, handler, log, afterWrite: () => messaging.wake() }
  })
  return { module, database, started, bounds, messaging }
}

/** Modules of one process may need each other in a circle, so a local client is looked up when it is used. */
function requiredClients(
  module: Module,
  options: PlatformOptions,
  shared: Shared,
): Record<string, Client<Contract>> {
  return Object.fromEntries(
    Object.entries(module.requires ?? {}).map(([key, contract]) => {
      const fixed = options.remotes?.[contract.name]
      if (fixed) return [key, fixed]
      if (!shared.databases.has(contract.name)) {
        return [key, connect(contract, options.env[variable(contract.name, 'url')] as string, shared.tokens)]
      }
      const late: Client<Contract> = Object.fromEntries(
        Object.keys(contract.operations).map((operation) => [
          operation,
          (input, call) => (shared.clients.get(contract.name) as Client<Contract>)[operation]!(input, call),
        ]),
      )
      return [key, late]
    }),
  )
}

/** What a module reacts to. */
export function wantedBy({ module, started }: Part): Subscription[] {
  return subscriptionsOf(module.contract.name, (started.on ?? []) as unknown as Reaction[])
}

/** Tells the publishers of this process what the module wants. */
export async function register(part: Part, databases: ReadonlyMap<string, Database>): Promise<void> {
  const wanted = wantedBy(part)
  for (const [publisher, database] of databases) {
    const own = wanted.filter(({ event }) => event.startsWith(`${publisher}.`))
    await subscribe(database, part.module.contract.name, own)
  }
}
