import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@cenopie/platform-contract'
import type { CallContext } from '@cenopie/platform-contract'
import { retriesTotal } from '@cenopie/platform-telemetry'
import { CircuitOpen } from './breaker.ts'
import { abandonmentOf } from './call.ts'
import type { Callable } from './client.ts'
import { givenUp } from './invoke.ts'
import { NoAnswer } from './transport.ts'

/** Tries after the first. */
const maxRetries = 2
/** Before the first retry; doubles, and is spread by half in both directions so that callers do not come in step. */
const pauseMs = 50
/** Share of calls that may be tried again, and how many at once beyond it: retries must not multiply load. */
const earned = 0.2
const reserve = 10

/** What retries to one service have left, over all its operations. */
export class RetryBudget {
  #left = reserve

  earn(): void {
    this.#left = Math.min(this.#left + earned, reserve)
  }

  /** Whether one more is allowed. */
  spend(): boolean {
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}

/**
 * Tries a call again when the service was unavailable: if the operation is repeatable, or if nothing was sent. Waits as
 * long as the service asks for, but never past the deadline.
 */
export function retried<I, O>(
  method: (input: I, call: CallContext) => Promise<O>,
  operation: Pick<Callable, 'repeatable'>,
  service: string,
  budget: RetryBudget,
): (input: I, call: CallContext) => Promise<O> {
  const retries = retriesTotal.labels({ callee: service })
  return async (input, call) => {
    budget.earn()
    for (let tries = 1; ; tries += 1) {
      try {
        return await method(input, call)
      } catch (error) {
        const ms = error instanceof Fault ? waitFor(error, tries) : 0
        const possible = tries <= maxRetries && mayRepeat(error, operation) && Date.now() + ms < call.deadline
        if (!possible || !budget.spend()) throw error
        retries.inc()
        await pause(ms, call)
      }
    }
  }
}

function mayRepeat(error: unknown, operation: Pick<Callable, 'repeatable'>): boolean {
  if (!(error instanceof Fault) || error.type.kind !== 'unavailable' || error instanceof CircuitOpen)
    return false
  return operation.repeatable || (error instanceof NoAnswer && !error.sent)
}

/** Milliseconds. */
function waitFor({ retryAfter = 0 }: Fault, tries: number): number {
  return Math.max(retryAfter * 1000, pauseMs * 2 ** (tries - 1) * (0.5 + Math.random()))
}

async function pause(ms: number, call: CallContext): Promise<void> {
  const signal = abandonmentOf(call)
  await sleep(ms, undefined, signal && { signal }).catch(() => {
    throw givenUp(signal as AbortSignal)
  })
}
