import type { ActorOf, CallContext, Client, Contract, Output, Received } from '@cenopie/platform-contract'
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

export function defineModule<
  const C extends Contract,
  const R extends Record<string, Contract> = Record<never, never>,
  S extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(module: Module<C, R, S>): Module<C, R, S> {
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
