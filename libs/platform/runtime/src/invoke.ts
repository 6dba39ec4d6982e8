import { Fault, faults } from '@cenopie/platform-contract'
import type { AnyOperation, CallContext, FaultType } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import { abandonmentOf } from './call.ts'
import type { Compiled } from './compile.ts'
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

/** Runs the handler and serialises its answer. Every failure comes out as a Fault that the contract allows. */
export function invoke(
  bound: Bound,
  compiled: Compiled,
  input: Record<string, unknown>,
  call: Call,
): Promise<string | undefined> {
  const serialise = (output: unknown) =>
    bound.operation.mediaType ? (output as string) : compiled.stringify?.(output)
  return carryOut(bound, serialise, input, call)
}

/** Runs the handler and makes its answer ready for its way. Every failure comes out as a Fault that the contract allows. */
export async function carryOut<T>(
  bound: Bound,
  ready: (output: unknown) => T,
  input: Record<string, unknown>,
  call: Call,
): Promise<T> {
  if (bound.operation.access === 'user' && call.actor.kind !== 'user') throw new Fault(faults.unauthenticated)
  try {
    return ready(await bound.handler(input, call))
  } catch (error) {
    throw permitted({ ...bound, faults: bound.operation.faults }, error, call)
  } finally {
    if (bound.operation.method !== 'GET') bound.afterWrite()
  }
}

/** A failure of a handler as its caller may see it: a Fault that the contract allows, or our own mistake, logged. */
export function permitted(
  bound: Pick<Bound, 'module' | 'key' | 'log'> & { faults: readonly FaultType[] },
  error: unknown,
  call: CallContext,
): Fault {
  if (error instanceof Fault) {
    if (common.has(error.code) || bound.faults.some((declared) => declared.code === error.code)) return error
  }
  const context = { err: error, operation: `${bound.module}.${bound.key}`, requestId: call.requestId }
  bound.log.error({ ...context, traceparent: call.traceparent }, 'operation failed')
  return new Fault(faults.internal, { cause: error })
}

/** Begins `work` and waits for it until the caller's deadline, or until the caller gives up. */
export function withinDeadline<T>(call: CallContext, work: () => Promise<T>): Promise<T> {
  const left = call.deadline - Date.now()
  const signal = abandonmentOf(call)
  if (left <= 0) return Promise.reject(new Fault(faults.deadlineExceeded))
  if (signal?.aborted) return Promise.reject(givenUp(signal))
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Fault(faults.deadlineExceeded)), left)
    const abort = signal && (() => reject(givenUp(signal)))
    if (abort) signal.addEventListener('abort', abort, { once: true })
    const settled = () => {
      clearTimeout(timer)
      if (abort) signal.removeEventListener('abort', abort)
    }
    work().then(
      (result) => {
        settled()
        resolve(result)
      },
      (error: unknown) => {
        settled()
        reject(error as Error)
      },
    )
  })
}

/** What a caller is told whose signal aborted: its own time limit, or a wish that is no longer there. */
export function givenUp(signal: AbortSignal): Fault {
  const { reason } = signal as { reason?: { name?: unknown } }
  const type = reason?.name === 'TimeoutError' ? faults.deadlineExceeded : faults.unavailable
  return new Fault(type, { cause: reason })
}
