import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, Contract } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { connectRedis } from '@cenopie/platform-outbox'
import type { RedisPair, Subscription } from '@cenopie/platform-outbox'
import type { Logger } from '@cenopie/platform-telemetry'
import type { FastifyInstance } from 'fastify'
import type { JWTVerifyGetKey } from 'jose'
import type { Environment, PlatformConfig } from './config.ts'
import { mount } from './http/routes.ts'
import { createServer } from './http/server.ts'
import { mountServiceRoutes } from './http/service-routes.ts'
import { accessTokenVerifier } from './identity/access-token.ts'
import { internalTokens } from './identity/internal-token.ts'
import { localKeys, remoteKeys } from './identity/keys.ts'
import { local } from './local.ts'
import type { Module } from './module.ts'
import { register, startPart, wantedBy } from './part.ts'
import type { Part } from './part.ts'
import { checkConfiguration, checkDatabases, openModuleDatabase } from './preflight.ts'

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
    const databases = new Map(names.map((name) => [name, openModuleDatabase(name, options)]))
    for (const database of databases.values()) opened.push(database.close)
    await checkDatabases(databases)

    const clients = new Map<string, Client<Contract>>()
    const publicUrl = (config.publicUrl ?? `http://localhost:${config.port}`).replace(/\/$/, '')
    const parts: Part[] = []
    for (const module of modules) {
      const part = await startPart(module, options, {
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
    opened.push(() => Promise.all(parts.map(({ messaging }) => messaging.close(config.stopSeconds * 1000))))
    await Promise.all(parts.map(({ messaging }) => messaging.start()))
    opened.push(() => server.close())
    await server.listen({ port: config.port, host: config.host })

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
