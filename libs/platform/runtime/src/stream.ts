import type {
  Actor,
  AnyContent,
  AnyFeed,
  AnyProtocol,
  AnyStream,
  CallContext,
} from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import type { ContentHandler, FeedCall, FeedHandler, ProtocolHandler } from './module.ts'

/** A stream bound to the function that carries it out. */
export type BoundStream = BoundContent | BoundFeed | BoundProtocol
export type BoundContent = Bound<AnyContent, ContentHandler<Record<string, unknown>, Actor>>
export type BoundFeed = Bound<AnyFeed, FeedHandler<Record<string, unknown>, unknown, Actor>>
export type BoundProtocol = Bound<AnyProtocol, ProtocolHandler<Actor>>

interface Bound<S extends AnyStream, H> {
  readonly module: string
  readonly key: string
  readonly stream: S
  readonly handler: H
  readonly log: Logger
  /** A request of a protocol may have written: it ends with a look at the module's outbox. */
  readonly afterWrite: () => void
}

/** Whether other modules may ask for it. */
export function isForModules(bound: BoundStream): bound is BoundContent {
  return bound.stream.kind === 'content' && bound.stream.access === 'internal'
}

/** Who asks for a stream, and from where. */
export interface StreamCallOptions {
  context: CallContext
  log: Logger
  /** Aborts when nobody wants the stream any more. */
  signal: AbortSignal
  /** Milliseconds for whatever the handler asks for on its way, if the stream itself has no end. */
  eachMs?: number
  address?: string | undefined
  userAgent?: string | undefined
  lastEventId?: string | undefined
}

/** The call of a stream, which outlives the deadline of a request. */
export class StreamCall implements FeedCall {
  readonly actor: Actor
  readonly requestId: string
  readonly traceparent: string
  readonly signal: AbortSignal
  readonly address: string | undefined
  readonly userAgent: string | undefined
  readonly lastEventId: string | undefined
  readonly log: Logger
  readonly #deadline: number
  readonly #eachMs: number | undefined

  constructor({ context, log, eachMs, ...options }: StreamCallOptions) {
    this.actor = context.actor
    this.requestId = context.requestId
    this.traceparent = context.traceparent
    this.signal = options.signal
    this.address = options.address
    this.userAgent = options.userAgent
    this.lastEventId = options.lastEventId
    this.log = log.child({ requestId: this.requestId, trace: this.traceparent.slice(3, 35) })
    this.#deadline = context.deadline
    this.#eachMs = eachMs
  }

  get deadline(): number {
    return this.#eachMs === undefined ? this.#deadline : Date.now() + this.#eachMs
  }
}
