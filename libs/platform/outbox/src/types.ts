import type {
  CallContext,
  EntityVersion,
  EventEnvelope,
  EventType,
  TaskType,
} from '@cenopie/platform-contract'
import type { AnyTransaction, Transaction } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'
import type { z } from 'zod'

/** Writes entries beside a state change: both commit, or neither does. */
export interface Outbox {
  /**
   * `payload` is checked against the event's schema; a mismatch throws before anything is written. Resolves to the
   * entry's id. While subscribers move to a new version, both are published in one transaction, the second with the
   * id of the first as `sameAs`: who subscribes to both hears it once.
   */
  publish<E extends EventType>(
    tx: AnyTransaction,
    call: CallContext,
    event: E,
    fact: { entity: EntityVersion; payload: z.input<E['payload']>; sameAs?: string },
  ): Promise<string>
  /**
   * Enqueues background work of this module. With `key`, a second entry of the same key is not written while the first
   * waits or runs. `fairKey` says on whose account it is where the payload does not (see `TaskType.fairBy`); entries of
   * one task either all have one or none does, since those without go first.
   */
  enqueue<T extends TaskType>(
    tx: AnyTransaction,
    call: CallContext,
    task: T,
    payload: z.input<T['payload']>,
    options?: { runAt?: Date; key?: string; fairKey?: string },
  ): Promise<void>
}

/** One run of a task. */
export interface TaskRun {
  /** The entry's id: the idempotency key for effects outside the database; the same on every try. */
  readonly id: string
  /** 1 on the first try. */
  readonly attempt: number
  /** Whether a failure now is final: the entry becomes a dead letter. */
  readonly last: boolean
  readonly call: CallContext
  readonly log: Logger
  readonly signal: AbortSignal
  /**
   * Marks the entry as done inside the transaction that writes its effect. Throws `AlreadyDone` (and the
   * transaction must roll back) if another run finished first. A run that returns without it is marked done after.
   */
  done(tx: AnyTransaction): Promise<void>
}

/**
 * A task and what carries it out; an older version keeps a handler while entries of it may wait. `onDead` runs when the last try failed, in the transaction of the dead
 * letter.
 * Written as methods, so that handlers of different payloads fit in one list.
 */
export interface TaskHandler<T extends TaskType = TaskType> {
  readonly task: T
  run(payload: z.output<T['payload']>, run: TaskRun): Promise<void>
  onDead?(payload: z.output<T['payload']>, tx: Transaction, reason: string, call: CallContext): Promise<void>
}

/**
 * What happens on another domain's event. `consumer` is stable for ever: it names the inbox rows. Two versions of an
 * event have a reaction each under one consumer, and a fact told in both has one effect. The effect goes through `tx`
 * alone (several events may share one transaction); anything slow or outside becomes a task.
 */
export interface Reaction<E extends EventType = EventType> {
  readonly event: E
  readonly consumer: string
  run(event: EventEnvelope<E>, tx: Transaction, call: CallContext): Promise<void>
}

/** Work at a fixed pace, once per period over all processes. Runs like a task without payload. */
export interface Schedule {
  readonly name: string
  readonly everySeconds: number
  readonly run: (call: CallContext, signal: AbortSignal) => Promise<void>
}

export function handle<T extends TaskType>(
  task: T,
  run: TaskHandler<T>['run'],
  onDead?: TaskHandler<T>['onDead'],
): TaskHandler<T> {
  return onDead ? { task, run, onDead } : { task, run }
}

export function react<E extends EventType>(event: E, consumer: string, run: Reaction<E>['run']): Reaction<E> {
  return { event, consumer, run }
}
