import { setTimeout as pause } from 'node:timers/promises'
import { invalid, operation, service } from '@cenopie/platform-contract'
import type { CallContext, Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { subscribe } from '@cenopie/platform-outbox'
import type { Subscription } from '@cenopie/platform-outbox'
import { requestIdFrom, traceparentFrom } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'
import { z } from 'zod'
import type { Bound } from './invoke.ts'

const name = z.string().min(1).max(200)

/** How a module of another process tells a publisher which of its events it wants: all of them, each time. */
export function subscriptionContract(publisher: string) {
  return {
    name: publisher,
    events: {},
    operations: {
      subscribe: operation({
        method: 'PUT',
        path: `/internal/v1/${publisher}/subscriptions/{module}`,
        summary: 'Keep events for a module',
        access: 'internal',
        input: {
          module: name,
          subscriptions: z.array(z.object({ event: name, consumer: name })).max(500),
        },
      }),
    },
  }
}

type SubscriptionClient = Client<ReturnType<typeof subscriptionContract>>

/** The publisher's side: the same rows as a module of its own process writes. */
export function boundSubscription(publisher: string, database: Database, log: Logger): Bound {
  const { operations } = subscriptionContract(publisher)
  return {
    module: publisher,
    key: 'subscribe',
    operation: operations.subscribe,
    async handler(input) {
      const { module, subscriptions } = input as { module: string; subscriptions: Subscription[] }
      for (const [at, { event, consumer }] of subscriptions.entries()) {
        if (!event.startsWith(`${publisher}.`))
          throw invalid({ field: `subscriptions.${at}.event`, message: `is none of ${publisher}` })
        if (!consumer.startsWith(`${module}.`))
          throw invalid({ field: `subscriptions.${at}.consumer`, message: `is none of ${module}` })
      }
      await subscribe(database, module, subscriptions)
    },
    log,
    afterWrite: () => {},
  }
}

const firstPauseMs = 100
const longestPauseMs = 10_000
const callMs = 5_000

/** One module's subscriptions at one publisher of another process. */
export class RemoteSubscription {
  readonly publisher: string
  readonly #module: string
  readonly #wanted: string
  readonly #database: Database
  readonly #log: Logger
  #kept = false

  constructor(
    module: string,
    publisher: string,
    wanted: readonly Subscription[],
    database: Database,
    log: Logger,
  ) {
    this.#module = module
    this.publisher = publisher
    this.#wanted = JSON.stringify(wanted)
    this.#database = database
    this.#log = log
  }

  /** Whether the publisher keeps for the module what it wants, as of now or of an earlier process. */
  get kept(): boolean {
    return this.#kept
  }

  /** Looks up what the publisher promised before: with that, the module can go on while the publisher is away. */
  async recall(): Promise<void> {
    const text = 'SELECT 1 FROM confirmed_subscription WHERE publisher = $1 AND subscriptions = $2::jsonb'
    const rows = await this.#database.query(text, [this.publisher, this.#wanted])
    this.#kept = rows.length > 0
  }

  /** Tells the publisher until it confirms. Every start tells again: a publisher's database may be a restored one. */
  async register(client: SubscriptionClient, signal: AbortSignal): Promise<void> {
    for (let wait = firstPauseMs; !signal.aborted; wait = Math.min(wait * 2, longestPauseMs)) {
      try {
        const subscriptions = JSON.parse(this.#wanted) as Subscription[]
        await client.subscribe({ module: this.#module, subscriptions }, this.#call(signal))
        await this.#database.query(
          `INSERT INTO confirmed_subscription (publisher, subscriptions) VALUES ($1, $2::jsonb)
            ON CONFLICT (publisher) DO UPDATE SET subscriptions = excluded.subscriptions, confirmed_at = now()`,
          [this.publisher, this.#wanted],
        )
        this.#kept = true
        return
      } catch (error) {
        if (signal.aborted) return
        if (wait === firstPauseMs || wait === longestPauseMs)
          this.#log.warn({ err: error, publisher: this.publisher }, 'subscriptions are not confirmed yet')
        await pause(wait, undefined, { signal, ref: false }).catch(() => {})
      }
    }
  }

  #call(signal: AbortSignal): CallContext {
    return {
      actor: service(this.#module),
      requestId: requestIdFrom(undefined),
      traceparent: traceparentFrom(undefined),
      deadline: Date.now() + callMs,
      signal,
    }
  }
}
