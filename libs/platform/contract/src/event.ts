import type { z } from 'zod'
import type { Actor } from './call.ts'
import { checkDeprecation } from './deprecation.ts'
import type { Deprecation } from './deprecation.ts'

/** A fact of a domain, named `domain.fact-in-past-tense`. */
export interface EventType<P extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  readonly name: string
  /** Versions of one name live side by side: while subscribers move, a publisher publishes both. */
  readonly version: number
  readonly payload: P
  readonly deprecated?: Deprecation | undefined
}

/** Background work of one module, and how it is tried. Attempts are counted in PostgreSQL. */
export interface TaskType<P extends z.ZodType = z.ZodType> {
  readonly kind: 'task'
  /** `domain.verb-noun`; also the name of its queue. */
  readonly name: string
  /** A handler for each version that entries may still wait in. */
  readonly version: number
  readonly payload: P
  /** Nobody enqueues it any more; its handler stays for what waits. */
  readonly deprecated?: Deprecation | undefined
  /** Runs at once per process. */
  readonly concurrency: number
  /** Tries before it becomes a dead letter. */
  readonly attempts: number
  /** Wait before the second try; doubles with each further one, up to an hour. */
  readonly backoffSeconds: number
  /** One run's limit; its signal aborts then. */
  readonly timeoutSeconds: number
  /**
   * On whose account an entry is, such as its company: accounts take turns, so that nobody's thousand entries delay
   * another's one. Without it, first come, first served.
   */
  fairBy?(payload: z.output<P>): string
}

/** The entity an event speaks of. A consumer ignores a version older than the one it has seen. */
export interface EntityVersion {
  id: string
  version: number
}

/** An event as a consumer receives it. */
export interface EventEnvelope<E extends EventType = EventType> {
  /** The outbox entry's id: the same on every redelivery. */
  readonly id: string
  readonly name: string
  readonly version: number
  readonly entity: EntityVersion
  /** ISO 8601, when the publishing transaction wrote it. */
  readonly occurredAt: string
  readonly actor: Actor
  readonly requestId: string
  readonly traceparent: string
  readonly payload: z.output<E['payload']>
}

/** What subscriptions and locks call it: its name, from version 2 on with the version: `jobs.posting-closed@2`. */
export function versionKey({ name, version }: { name: string; version: number }): string {
  return version === 1 ? name : `${name}@${version}`
}

export function event<P extends z.ZodType>(
  name: string,
  version: number,
  payload: P,
  deprecated?: Deprecation,
): EventType<P> {
  if (deprecated) checkDeprecation(versionKey({ name, version }), deprecated)
  return { kind: 'event', name, version, payload, deprecated }
}

export function task<P extends z.ZodType>(
  name: string,
  payload: P,
  options: Partial<Omit<TaskType<P>, 'kind' | 'name' | 'payload'>> = {},
): TaskType<P> {
  if (options.deprecated) checkDeprecation(name, options.deprecated)
  return {
    kind: 'task',
    name,
    payload,
    version: 1,
    concurrency: 4,
    attempts: 8,
    backoffSeconds: 2,
    timeoutSeconds: 60,
    ...options,
  }
}
