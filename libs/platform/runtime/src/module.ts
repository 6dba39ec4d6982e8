import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  ActorFor,
  ActorOf,
  CallContext,
  Client,
  Content,
  ContentStream,
  Contract,
  FeedEvent,
  FeedStream,
  Output,
  ProtocolStream,
  Received,
  StreamsOf,
} from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox, Reaction, Schedule, TaskHandler } from '@cenopie/platform-outbox'
import type { Logger } from '@cenopie/platform-telemetry'
import type { JWK } from 'jose'
import type { z } from 'zod'

/** What a handler receives beside its input. */
export interface Call<C extends CallContext['actor'] = CallContext['actor']> extends CallContext<C> {
  readonly signal: AbortSignal
  readonly log: Logger
  /** The caller's address, for rate limits and security logs; undefined for background work. */
  readonly address?: string | undefined
  readonly userAgent?: string | undefined
}

/** One function per operation of the contract; a missing one does not compile. */
export type Handlers<C extends Contract> = {
  [K in keyof C['operations']]: (
    input: Received<C['operations'][K]>,
    call: Call<ActorOf<C['operations'][K]>>,
  ) => Promise<Output<C['operations'][K]>>
}

/** A feed's call. Its deadline is that of what the handler asks for next; its signal aborts when the feed ends. */
export interface FeedCall<C extends CallContext['actor'] = CallContext['actor']> extends Call<C> {
  /** Of the last event that a reader who comes back has seen. */
  readonly lastEventId: string | undefined
}

/** One function per stream of the contract, by its kind; a missing one does not compile. */
export type StreamHandlers<C extends Contract> = {
  [K in keyof StreamsOf<C>]: StreamHandler<StreamsOf<C>[K]>
}

export type StreamHandler<S> =
  S extends ContentStream<infer I, infer A>
    ? ContentHandler<z.output<z.ZodObject<I>>, ActorFor<A>>
    : S extends FeedStream<infer I, infer E, infer A>
      ? FeedHandler<z.output<z.ZodObject<I>>, z.output<E>, ActorFor<A>>
      : S extends ProtocolStream<infer A>
        ? ProtocolHandler<ActorFor<A>>
        : never

/** The call's deadline is for the first byte; from then on its signal aborts only when the reader goes away. */
export type ContentHandler<I, A extends CallContext['actor']> = (input: I, call: Call<A>) => Promise<Content>

/**
 * Faults thrown here are problems; a failure of the events themselves ends the feed, and its reader comes back. Nothing
 * means that there will be no more events, ever: a browser then stops asking. A feed ends after a few minutes, when it
 * is asked anew who reads it.
 */
export type FeedHandler<I, E, A extends CallContext['actor']> = (
  input: I,
  call: FeedCall<A>,
) => Promise<AsyncIterable<FeedEvent<E>> | undefined>

/**
 * Answers the request itself; done when its promise is. `request.url` is the whole path. The call's deadline is that of
 * what the handler asks for next; its signal aborts when the other side goes away.
 */
export type ProtocolHandler<A extends CallContext['actor']> = (
  request: IncomingMessage,
  response: ServerResponse,
  call: Call<A>,
) => Promise<void>

export interface ModuleContext<R extends Record<string, Contract>, Config> {
  config: Config
  database: Database
  outbox: Outbox
  requires: { [K in keyof R]: Client<R[K]> }
  log: Logger
  /** Where people and clients reach the platform, without trailing slash: links in mail, issuer of tokens. */
  publicUrl: string
}

/** What a started module does. The runtime binds it; nothing else sees it. */
export interface Started<C extends Contract> {
  operations: Handlers<C>
  /** Where the contract has streams. */
  streams?: StreamHandlers<C>
  tasks?: readonly TaskHandler[]
  on?: readonly Reaction[]
  schedules?: readonly Schedule[]
  /** What must be done before the first request. */
  prepare?: () => Promise<void>
  /** The module that issues access tokens gives its public keys here; others are told a JWKS address. */
  identity?: { keys: () => Promise<JWK[]> }
  close?: () => Promise<void>
}

/** A module: data about itself plus one function that starts it, which opens nothing: see `prepare`. */
export interface Module<
  C extends Contract = Contract,
  R extends Record<string, Contract> = Record<string, Contract>,
  S extends z.ZodObject = z.ZodObject,
> {
  contract: C
  /** Whom it may call. */
  requires?: R
  /**
   * Its configuration, a flat zod object. `maxAnswers` of module `interviews` is read from
   * `CENOPIE_INTERVIEWS_MAX_ANSWERS`. Everything has a default that works locally.
   */
  config?: S
  /** The folder of its Prisma schema and migrations: `new URL('../prisma/', import.meta.url)`. */
  prisma: URL
  /** Extensions of PostgreSQL that its tables need, such as `pg_trgm`; whoever migrates creates them in `public`. */
  extensions?: readonly string[]
  start(context: ModuleContext<R, z.output<S>>): Promise<Started<C>> | Started<C>
}

/** A module as it is written down: one whose contract has streams has handlers for them, or does not compile. */
export interface ModuleDefinition<
  C extends Contract,
  R extends Record<string, Contract>,
  S extends z.ZodObject,
> extends Omit<Module<C, R, S>, 'start'> {
  start(context: ModuleContext<R, z.output<S>>): Promise<Handled<C>> | Handled<C>
}

/** Apart from `Module`, which lists of modules need to be free of conditions. */
type Handled<C extends Contract> = Started<C> &
  (C extends { streams: object } ? { streams: StreamHandlers<C> } : unknown)

export function defineModule<
  const C extends Contract,
  const R extends Record<string, Contract> = Record<never, never>,
  S extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(module: ModuleDefinition<C, R, S>): Module<C, R, S> {
  return module
}

/** Those of `modules` that `names` lists (separated by commas), or all. Throws on a name that is none of them. */
export function chosen<M extends Pick<Module, 'contract'>>(
  modules: readonly M[],
  names: string | undefined,
): readonly M[] {
  if (names === undefined) return modules
  const known = modules.map(({ contract }) => contract.name)
  const wanted = names.split(',').map((name) => name.trim())
  const strange = wanted.filter((name) => !known.includes(name))
  if (strange.length > 0)
    throw new Error(`CENOPIE_MODULES: ${strange.join(', ')} is none of ${known.join(', ')}`)
  return modules.filter(({ contract }) => wanted.includes(contract.name))
}
