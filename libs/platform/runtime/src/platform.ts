import { setTimeout as sleep } from 'node:timers/promises'
import { modulePassword, moduleUrl, openDatabase } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import { connectRedis, createMessaging, outbox, subscribe, subscriptionsOf } from '@cenopie/platform-outbox'
import type { Messaging, Reaction, RedisPair, Subscription, TaskHandler } from '@cenopie/platform-outbox'
import type { Client, Contract } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { platformConfig, readConfig, refuseUnknown, variable } from './config.ts'
import type { Environment, PlatformConfig } from './config.ts'
import { connect } from './connect.ts'
import { createServer } from './http/server.ts'
import { mount } from './http/routes.ts'
import { mountServiceRoutes } from './http/service-routes.ts'
import { accessTokenVerifier } from './identity/access-token.ts'
import { internalTokens } from './identity/internal-token.ts'
import type { InternalTokens } from './identity/internal-token.ts'
import { localKeys, remoteKeys } from './identity/keys.ts'
import { pruneIdempotencyKeys } from './idempotency.ts'
import type { Bound } from './invoke.ts'
import { local } from './local.ts'
import type { Module, Started } from './module.ts'
import type { JWTVerifyGetKey } from 'jose'

export interface PlatformOptions {
  name: string
  modules: readonly Module[]
  config: PlatformConfig
  env: Environment
  log: Logger
  /** Clients that stand for domains of other processes; tests pass fakes. */
  remotes?: Readonly<Record<string, Client<Contract>>>
  /** Replaces how keys of access tokens are found; tests add a key of their own. */
  keys?: (own: JWTVerifyGetKey) => JWTVerifyGetKey
}

/** A running process: its modules, bound to each other and to HTTP. */
export interface Platform {
  readonly url: string
  readonly server: FastifyInstance
  /** The binding that other modules of this process use. */
  client<C extends Contract>(contract: C): Client<C>
  database(module: string): Database
  /** What a module of this process wants from others. */
  subscriptions(module: string): Subscription[]
  redis: RedisPair
  close(): Promise<void>
}

interface Part {
  module: Module
  database: Database
  started: Started<Contract>
  bounds: Bound[]
  messaging: Messaging
}

/** Binds modules, starts their background work and listens. Everything it opened is closed if a step fails. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { config, env, log, modules } = options
  const production = config.env === 'production'
  const names = modules.map(({ contract }) => contract.name)
  checkConfiguration(options)
  const opened: (() => Promise<unknown>)[] = []
  const closeAll = async () => {
    for (const close of opened.toReversed())
      await close().catch((error: unknown) => log.warn({ err: error }, 'close'))
  }
  try {
    const redis = await connectRedis(env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', log)
    opened.push(redis.close)
    const tokens = internalTokens(config.internalSecret, options.name)
    const databases = new Map(names.map((name) => [name, open(name, options)]))
    for (const database of databases.values()) opened.push(database.close)
    await checkDatabases(databases)

    const clients = new Map<string, Client<Contract>>()
    const publicUrl = (config.publicUrl ?? `http://localhost:${config.port}`).replace(/\/$/, '')
    const parts: Part[] = []
    for (const module of modules) {
      const part = await startModule(module, options, {
        databases,
        clients,
        tokens,
        publicUrl,
        redis,
        production,
      })
      parts.push(part)
      if (part.started.close) opened.push(part.started.close)
    }
    for (const part of parts) clients.set(part.module.contract.name, local(part.bounds))
    for (const part of parts) await register(part, databases)

    let draining = false
    const server = await createServer({
      log,
      trustProxy: config.trustProxy,
      rateLimit: config.rateLimit,
      requestMs: config.requestSeconds * 1000,
    })
    const issuer = parts.find(({ started }) => started.identity)?.started.identity
    const keys = issuer
      ? localKeys(issuer.keys)
      : remoteKeys(config.jwksUrl ?? `${publicUrl}/api/v1/auth/jwks`)
    const identity = { user: accessTokenVerifier(options.keys?.(keys) ?? keys, publicUrl), internal: tokens }
    for (const { bounds, database } of parts) {
      for (const bound of bounds)
        mount(server, bound, { identity, database, requestMs: config.requestSeconds * 1000 })
    }
    mountServiceRoutes(
      server,
      modules.map(({ contract }) => contract),
      publicUrl,
      {
        check: async () =>
          void (await Promise.all([...databases.values()].map((database) => database.ping()))),
        draining: () => draining,
        degraded: () => (redis.producer.status === 'ready' ? [] : ['redis']),
      },
    )
    opened.push(() => server.close())
    await server.listen({ port: config.port, host: config.host })
    for (const { messaging } of parts) messaging.start()
    opened.push(() => Promise.all(parts.map(({ messaging }) => messaging.close(config.stopSeconds * 1000))))

    const [address] = server.addresses()
    const port = typeof address === 'object' ? address.port : config.port
    return {
      url: `http://${config.host}:${port}`,
      server,
      redis,
      client: <C extends Contract>(contract: C) => clients.get(contract.name) as Client<C>,
      database: (name) => databases.get(name) as Database,
      subscriptions: (name) => wantedBy(parts.find(({ module }) => module.contract.name === name) as Part),
      async close() {
        draining = true
        await sleep(config.drainSeconds * 1000)
        await server.close()
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

function checkConfiguration({ modules, env, remotes }: PlatformOptions): void {
  const names = new Set(modules.map(({ contract }) => contract.name))
  const required = new Set(
    modules.flatMap(({ requires }) => Object.values(requires ?? {}).map(({ name }) => name)),
  )
  const urls = [...required].filter((name) => !names.has(name)).map((name) => variable(name, 'url'))
  const missing = [...required].filter(
    (name) => !names.has(name) && !remotes?.[name] && !env[variable(name, 'url')],
  )
  if (missing.length > 0) {
    const hints = missing.map((name) => `${name} is neither in this process nor at ${variable(name, 'url')}`)
    throw new Error(`required modules are missing: ${hints.join('; ')}`)
  }
  const scopes: Record<string, z.ZodObject> = { '': platformConfig }
  for (const { contract, config } of modules) if (config) scopes[contract.name] = config
  refuseUnknown(env, scopes, urls)
}

function open(name: string, { config, env, log }: PlatformOptions): Database {
  const base = env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/cenopie'
  return openDatabase({
    url: moduleUrl(base, name, modulePassword(config.databaseSecret, name)),
    schema: name,
    poolSize: config.databasePool,
    applicationName: `cenopie ${name}`,
    log,
  })
}

async function checkDatabases(databases: ReadonlyMap<string, Database>): Promise<void> {
  await Promise.all(
    [...databases].map(async ([name, database]) => {
      try {
        await database.query('SELECT 1 FROM outbox_entry LIMIT 1')
      } catch (cause) {
        const missing = (cause as { code?: string }).code
        const reason =
          missing === '42P01' || missing === '28P01' || missing === '28000'
            ? `PostgreSQL has no schema for module ${name}: run "npm run migrate -- deploy".`
            : 'PostgreSQL does not answer: start it, or point DATABASE_URL at one that runs.'
        throw new Error(reason, { cause })
      }
    }),
  )
}

interface Shared {
  databases: ReadonlyMap<string, Database>
  clients: ReadonlyMap<string, Client<Contract>>
  tokens: InternalTokens
  publicUrl: string
  redis: RedisPair
  production: boolean
}

async function startModule(module: Module, options: PlatformOptions, shared: Shared): Promise<Part> {
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

function wantedBy({ module, started }: Part): Subscription[] {
  return subscriptionsOf(module.contract.name, (started.on ?? []) as unknown as Reaction[])
}

/** Tells the publishers of this process what the module wants. */
async function register(part: Part, databases: ReadonlyMap<string, Database>): Promise<void> {
  const wanted = wantedBy(part)
  for (const [publisher, database] of databases) {
    const own = wanted.filter(({ event }) => event.startsWith(`${publisher}.`))
    await subscribe(database, part.module.contract.name, own)
  }
}
