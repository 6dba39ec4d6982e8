import { Fault, faults } from '@cenopie/platform-contract'
import type { AnyOperation, CallContext } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import type { Call } from './module.ts'

/** An operation bound to the function that carries it out. */
export interface Bound {
  readonly module: string
  readonly key: string
  readonly operation: AnyOperation
  readonly handler: (input: Record<string, unknown>, call: Call) => Promise<unknown>
  readonly log: Logger
  /** Writes end with a look at the module's outbox. */
  readonly afterWrite: () => void
}

const common = new Set<string>([
  faults.invalidInput.code,
  faults.unauthenticated.code,
  faults.rateLimited.code,
  faults.payloadTooLarge.code,
  faults.unavailable.code,
  faults.deadlineExceeded.code,
  faults.internal.code,
])

/** Runs the handler within the deadline. Every failure comes out as a Fault that the contract allows. */
export async function invoke(bound: Bound, input: Record<string, unknown>, call: Call): Promise<unknown> {
  if (bound.operation.access === 'user' && call.actor.kind !== 'user') throw new Fault(faults.unauthenticated)
  try {
    return await withinDeadline(bound.handler(input, call), call)
  } catch (error) {
    throw permitted(bound, error, call)
  } finally {
    if (bound.operation.method !== 'GET') bound.afterWrite()
  }
}

function permitted(bound: Bound, error: unknown, call: CallContext): Fault {
  if (error instanceof Fault) {
    if (common.has(error.code) || bound.operation.faults.some((declared) => declared.code === error.code))
      return error
  }
  const context = { err: error, operation: `${bound.module}.${bound.key}`, requestId: call.requestId }
  bound.log.error({ ...context, traceparent: call.traceparent }, 'operation failed')
  return new Fault(faults.internal, { cause: error })
}

function withinDeadline<T>(work: Promise<T>, call: CallContext): Promise<T> {
  const left = call.deadline - Date.now()
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Fault(faults.deadlineExceeded)), Math.max(left, 0))
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
