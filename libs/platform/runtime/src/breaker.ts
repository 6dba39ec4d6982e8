import { Fault, faults } from '@cenopie/platform-contract'
import { breakerOpen } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { NoAnswer } from './transport.ts'

/** Calls in a row without an answer. Any answer, a refusal too, shows that the service is there. */
const failures = 5
/** How long nobody asks; then one call finds out. */
const openMs = 1_000

/** The service did not answer lately, so it is not asked: waiting for it would only tie callers up. */
export class CircuitOpen extends Fault {
  constructor() {
    super(faults.unavailable, { retryAfter: openMs / 1000 })
  }
}

/**
 * Runs calls to one service, and once it has failed to answer refuses them at once, until a single probe is answered.
 * Rejects with `CircuitOpen`.
 */
export function breaker(service: string, log?: Logger): <T>(call: () => Promise<T>) => Promise<T> {
  const gauge = breakerOpen.labels({ callee: service })
  gauge.set(0)
  const policy = circuitBreaker(
    // Whoever gives up on the probe has learnt nothing from it, and the next call is the probe.
    handleWhen((error) => error instanceof NoAnswer || policy.state === CircuitState.HalfOpen),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) },
  )
  let down = false
  let restsUntil = 0
  // Also after each probe that failed.
  policy.onBreak(() => {
    restsUntil = Date.now() + openMs
    if (!down) log?.warn({ callee: service }, 'a service does not answer: calls to it fail at once')
    down = true
    gauge.set(1)
  })
  policy.onReset(() => {
    log?.info({ callee: service }, 'a service answers again')
    down = false
    gauge.set(0)
  })
  return (call) => {
    // The library would let the others wait for the probe.
    const probing = policy.state === CircuitState.HalfOpen
    return probing || Date.now() < restsUntil ? Promise.reject(new CircuitOpen()) : policy.execute(call)
  }
}
