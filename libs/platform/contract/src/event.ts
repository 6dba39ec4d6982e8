import type { z } from 'zod'
import type { Actor } from './call.ts'

/** A fact of a domain, named `domain.fact-in-past-tense`. */
export interface EventType<P extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  readonly name: string
  readonly version: number
  readonly payload: P
}

/** Background work of one module, and how it is tried. Attempts are counted in PostgreSQL. */
export interface TaskType<P extends z.ZodType = z.ZodType> {
  readonly kind: 'task'
  /** `domain.verb-noun`; also the name of its queue. */
  readonly name: string
  readonly version: number
  readonly payload: P
  /** Runs at once per process. */
  readonly concurrency: number
  /** Tries before it becomes a dead letter. */
  readonly attempts: number
  /** Wait before the second try; doubles with each further one, up to an hour. */
  readonly backoffSeconds: number
  /** One run's limit; its signal aborts then. */
  readonly timeoutSeconds: number
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

export function event<P extends z.ZodType>(name: string, version: number, payload: P): EventType<P> {
  return { kind: 'event', name, version, payload }
}

export function task<P extends z.ZodType>(
  name: string,
  payload: P,
  options: Partial<Omit<TaskType, 'kind' | 'name' | 'payload'>> = {},
): TaskType<P> {
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
