import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, Contract } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { connectRedis } from '@cenopie/platform-outbox'
import type { RedisPair, Subscription } from '@cenopie/platform-outbox'
import type { Logger } from '@cenopie/platform-telemetry'
import type { FastifyInstance } from 'fastify'
import type { JWTVerifyGetKey } from 'jose'
import { variable } from './config.ts'
import type { Environment, PlatformConfig } from './config.ts'
import { connect } from './connect.ts'
import { entrance } from './http/entrance.ts'
import { mount } from './http/routes.ts'
import { createServer } from './http/server.ts'
import { Feeds } from './http/streams/feeds.ts'
import { mountStream } from './http/streams/mount.ts'
import { mountServiceRoutes } from './http/service-routes.ts'
import { accessTokenVerifier } from './identity/access-token.ts'
import { internalTokens } from './identity/internal-token.ts'
import type { InternalTokens } from './identity/internal-token.ts'
import { localKeys, remoteKeys } from './identity/keys.ts'
import { local } from './local.ts'
import type { Module } from './module.ts'
import { neighbours } from './neighbours.ts'
import { register, remoteSubscriptions, runPart, startPart, wantedBy } from './part.ts'
import type { Part } from './part.ts'
import { checkConfiguration, checkDatabases, openModuleDatabase } from './preflight.ts'
import { rehearsalOf } from './rehearsal.ts'
import { isForModules } from './stream.ts'
import { boundSubscription, subscriptionContract } from './subscriptions.ts'
import type { RemoteSubscription } from './subscriptions.ts'

export interface PlatformOptions {
  name: string
  /** Those that run in this process. */
  modules: readonly Module[]
  /** Those the app is composed of, here or elsewhere: the document speaks of all. Default: `modules`. */
  composed?: readonly Module[]
  config: PlatformConfig
  env: Environment
  log: Logger
  /** Clients that stand for domains of other processes; tests pass fakes. */
  remotes?: Readonly<Record<string, Client<Contract>>>
  /** Publishers of other processes are not told what is wanted: tests deliver events themselves. */
  isolated?: boolean
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

/** Binds modules, starts their background work and listens. Everything it opened is closed if a step fails. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { config, env, log, modules } = options
  const names = modules.map(({ contract }) => contract.name)
  const opened: (() => Promise<unknown>)[] = []
  const closeAll = async () => {
    for (const close of opened.toReversed())
      await close().catch((error: unknown) => log.warn({ err: error }, 'close'))
  }
  try {
    const tokens = internalTokens(config.internalSecret, options.name, config.internalSecretPrevious)
    const rehearsal = rehearsalOf(config.rehearsal, options.name)
    const databases = new Map(names.map((name) => [name, openModuleDatabase(name, options)]))
    for (const database of databases.values()) opened.push(database.close)
    const clients = new Map<string, Client<Contract>>()
    const publicUrl = (config.publicUrl ?? `http://localhost:${config.port}`).replace(/\/$/, '')
    const surroundings = { here: clients, expected: new Set(names), tokens, rehearsal }
    const neighbour = neighbours(options, surroundings)
    const started: Part[] = []
    for (const module of modules) {
      const part = await startPart(module, options, { databases, neighbour, publicUrl })
      started.push(part)
      if (part.started.close) opened.push(part.started.close)
    }
    checkConfiguration(options, started)

    const redis = await connectRedis(env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', log)
    opened.push(redis.close)
    await checkDatabases(databases)
    for (const part of started) await part.started.prepare?.()
    const parts = started.map((part) => runPart(part, options, redis, rehearsal))
    for (const part of parts) clients.set(part.module.contract.name, local(part.bounds, part.streams))
    for (const part of parts) await register(part, databases)
    const remote = remoteSubscriptions(parts, options)
    for (const subscription of remote) await subscription.recall()

    let draining = false
    const requestMs = config.requestSeconds * 1000
    const idleMs = config.idleSeconds * 1000
    const door = entrance({ tokens, requestMs, idleMs, log })
    const server = await createServer({
      log,
      trustProxy: config.trustProxy,
      rateLimit: config.rateLimit,
      requestMs,
      entrance: door.handle,
    })
    const issuer = parts.find(({ started }) => started.identity)?.started.identity
    const keys = issuer
      ? localKeys(issuer.keys)
      : remoteKeys(config.jwksUrl ?? `${publicUrl}/api/v1/auth/jwks`)
    const user = accessTokenVerifier(options.keys?.(keys) ?? keys, publicUrl)
    const feeds = new Feeds()
    for (const { module, bounds, streams, database, log } of parts) {
      for (const bound of [...bounds, boundSubscription(module.contract.name, database, log)]) {
        mount(server, bound, { user, database, requestMs })
        door.mount(bound)
      }
      for (const bound of streams) {
        mountStream(server, bound, { user, requestMs, idleMs, feeds })
        if (isForModules(bound)) door.mountContent(bound)
      }
    }
    mountServiceRoutes(
      server,
      (options.composed ?? modules).map(({ contract }) => contract),
      publicUrl,
      {
        check: async () =>
          void (await Promise.all([...databases.values()].map((database) => database.ping()))),
        draining: () => draining,
        waitingFor: () => remote.filter(({ kept }) => !kept).map(({ publisher }) => publisher),
        degraded: () => (redis.producer.status === 'ready' ? [] : ['redis']),
      },
    )
    opened.push(() => Promise.all(parts.map(({ messaging }) => messaging.close(config.stopSeconds * 1000))))
    await Promise.all(parts.map(({ messaging }) => messaging.start()))
    opened.push(() => server.close())
    await server.listen({ port: config.port, host: config.host })
    opened.push(registerRemotely(remote, env, tokens))

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
        feeds.end()
        const patience = setTimeout(() => server.server.closeAllConnections(), config.stopSeconds * 1000)
        await server.close()
        clearTimeout(patience)
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Tells publishers of other processes what is wanted here, while the process goes about its work. Returns how to stop. */
function registerRemotely(
  remote: readonly RemoteSubscription[],
  env: Environment,
  tokens: InternalTokens,
): () => Promise<unknown> {
  const stop = new AbortController()
  const done = remote.map((subscription) => {
    const url = env[variable(subscription.publisher, 'url')] as string
    return subscription.register(
      connect(subscriptionContract(subscription.publisher), url, tokens),
      stop.signal,
    )
  })
  return () => {
    stop.abort()
    return Promise.all(done)
  }
}
