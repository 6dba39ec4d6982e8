import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, Contract, EventEnvelope, EventType, UserActor } from '@cenopie/platform-contract'
import { openDatabase } from '@cenopie/platform-database'
import { migrateModules, platformConfig, startPlatform, variable } from '@cenopie/platform-runtime'
import type { Module, Platform } from '@cenopie/platform-runtime'
import { createLogger } from '@cenopie/platform-telemetry'
import type { z } from 'zod'
import { deliver } from './deliver.ts'
import type { Fact } from './deliver.ts'
import { databaseSecret, freshDatabase, freshRedis } from './fresh.ts'
import { tap } from './tap.ts'
import { testIssuer } from './tokens.ts'

export interface HttpRequest {
  method: string
  url: string
  /** Sends a real access token for this person. */
  actor?: UserActor
  /** Sends this token as it is. */
  token?: string
  body?: unknown
  headers?: Record<string, string>
}

export interface HttpAnswer {
  status: number
  headers: Headers
  body: unknown
}

export interface TestModuleOptions<R extends Record<string, Contract>> {
  /** Stand-ins for the domains it requires, from `fake`. */
  requires?: { [K in keyof R]?: Client<R[K]> }
  /** Its configuration, where it differs from the defaults. */
  config?: Record<string, string | number | boolean>
  /** Puts a fault proxy between the module and Redis. */
  redisVia?: (url: string) => Promise<string>
  /** The platform's. */
  platform?: Partial<z.input<typeof platformConfig>>
}

/** One module on real PostgreSQL and Redis, behind the real HTTP edge, with its neighbours faked by contract. */
export interface TestModule<C extends Contract> {
  readonly client: Client<C>
  readonly platform: Platform
  /** A superuser's URL of the test's own database, and the Redis it shares with nobody. */
  readonly urls: { database: string; redis: string }
  http(request: HttpRequest): Promise<HttpAnswer>
  /** `Bearer …` for this person, for clients other than `http`. */
  tokenOf(actor: UserActor): Promise<string>
  /** As if another domain had published it; resolves when the module's reactions have confirmed. */
  deliver<E extends EventType>(event: E, fact: Fact<E>, options?: { id?: string }): Promise<void>
  /** What the module published so far. Waits until nothing is due. */
  published<E extends EventType>(event: E): Promise<EventEnvelope<E>[]>
  /** Resolves when no entry is due or running. Tasks that wait for a later try do not count. */
  idle(): Promise<void>
  /** As superuser, in the module's schema. */
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const issuer = 'http://cenopie.test'

export async function testModule<
  C extends Contract,
  R extends Record<string, Contract>,
  S extends z.ZodObject,
>(module: Module<C, R, S>, options: TestModuleOptions<R> = {}): Promise<TestModule<C>> {
  const { name } = module.contract
  const [database, redis] = [await freshDatabase(), await freshRedis()]
  const anyModule = module as unknown as Module
  await migrateModules([anyModule], { adminUrl: database.url, secret: databaseSecret })
  const tokens = await testIssuer(issuer)
  const redisPrefix = `test-${randomUUID()}`
  const platform = await startPlatform({
    name: 'test',
    modules: [anyModule],
    config: platformConfig.parse({
      port: 0,
      publicUrl: issuer,
      logLevel: 'error',
      databaseSecret,
      redisPrefix,
      relayPollMs: 20,
      stopSeconds: 2,
      rateLimit: 100_000,
      ...options.platform,
    }),
    env: {
      DATABASE_URL: database.url,
      REDIS_URL: (await options.redisVia?.(redis.url)) ?? redis.url,
      ...environment(name, options.config ?? {}),
    },
    log: createLogger({ service: 'test', level: 'error' }),
    remotes: remotesOf(module, options.requires ?? {}),
    isolated: true,
    keys: tokens.keys,
  })
  const own = platform.database(name)
  const listening = await tap(module.contract, own, platform.redis, redisPrefix)
  const admin = openDatabase({ url: database.url, schema: name, poolSize: 2 })

  const idle = async () => {
    const waiting = `SELECT 1 FROM outbox_entry WHERE run_at <= now() OR lease_until > now() LIMIT 1`
    while ((await admin.query(waiting)).length > 0) await sleep(10)
  }
  return {
    client: platform.client(module.contract),
    platform,
    urls: { database: database.url, redis: redis.url },
    http: (request) => http(platform.url, request, tokens.sign),
    tokenOf: async (actor) => `Bearer ${await tokens.sign(actor)}`,
    deliver: (event, fact, { id } = {}) =>
      deliver(
        {
          module: name,
          subscriptions: platform.subscriptions(name),
          redis: platform.redis,
          prefix: redisPrefix,
        },
        event,
        fact,
        id,
      ),
    async published(event) {
      await idle()
      return listening.seen(event)
    },
    idle,
    sql: admin.query,
    async close() {
      await listening.close()
      await platform.close()
      await admin.close()
      await Promise.all([database.close(), redis.close()])
    },
  }
}

function environment(name: string, config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [variable(name, key), String(value)]),
  )
}

function remotesOf<R extends Record<string, Contract>>(
  module: { requires?: R },
  given: { [K in keyof R]?: Client<R[K]> },
): Record<string, Client<Contract>> {
  const pairs = Object.entries(given).map(([key, client]) => [module.requires?.[key]?.name ?? key, client])
  return Object.fromEntries(pairs) as Record<string, Client<Contract>>
}

async function http(
  base: string,
  request: HttpRequest,
  sign: (actor: UserActor) => Promise<string>,
): Promise<HttpAnswer> {
  const token = request.token ?? (request.actor ? await sign(request.actor) : undefined)
  const response = await fetch(new URL(request.url, base), {
    method: request.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(request.body === undefined
      ? {}
      : { body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
  }
}
