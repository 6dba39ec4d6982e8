import type { Actor, CallContext } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import type { Call } from './module.ts'

/** One call as a handler sees it. Its signal and its logger exist only once somebody asks for them. */
export class HandlerCall implements Call {
  readonly actor: Actor
  readonly requestId: string
  readonly traceparent: string
  readonly deadline: number
  readonly address: string | undefined
  readonly userAgent: string | undefined
  readonly #log: Logger
  #child: Logger | undefined
  readonly #given: AbortSignal | undefined
  #signal: AbortSignal | undefined

  constructor(
    context: CallContext,
    log: Logger,
    client: { address?: string | undefined; userAgent?: string | undefined } = {},
  ) {
    this.actor = context.actor
    this.requestId = context.requestId
    this.traceparent = context.traceparent
    this.deadline = context.deadline
    this.#given = context.signal
    this.#log = log
    this.address = client.address
    this.userAgent = client.userAgent
  }

  get signal(): AbortSignal {
    if (this.#signal) return this.#signal
    const limit = AbortSignal.timeout(Math.max(this.deadline - Date.now(), 0))
    this.#signal = this.#given ? AbortSignal.any([this.#given, limit]) : limit
    return this.#signal
  }

  /** What the caller gave, without the deadline: who watches that too needs no second timer for it. */
  get abandonment(): AbortSignal | undefined {
    return this.#given
  }

  get log(): Logger {
    this.#child ??= this.#log.child({ requestId: this.requestId, trace: this.traceparent.slice(3, 35) })
    return this.#child
  }
}

/** Aborts when the caller no longer wants an answer. */
export function abandonmentOf(call: CallContext): AbortSignal | undefined {
  return call instanceof HandlerCall ? call.abandonment : call.signal
}
