import type { Actor } from '@cenopie/platform-contract'
import { requestDuration } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'

/** What is kept of a request that was answered. */
export interface Answered {
  requestId: string
  traceparent: string
  actor: Actor
  method: string
  /** The pattern, not the path. */
  route: string
  status: number
  /** Code of the problem that was answered. */
  fault: string | undefined
  ms: number
}

/** One log line and one measurement for each request. */
export function recorder(log: Logger): (answered: Answered) => void {
  // Fields that are known and no secrets: searching each line for some took a fifteenth of a small request.
  const requests = log.child({}, { redact: [] })
  return ({ requestId, traceparent, actor, method, route, status, fault, ms }) => {
    requestDuration.observe({ method, route, status }, ms / 1000)
    requests.info(
      {
        requestId,
        trace: traceparent.slice(3, 35),
        actor: actor.kind === 'user' ? actor.id : actor.kind,
        method,
        route,
        status,
        fault,
        ms: Math.round(ms * 100) / 100,
      },
      'request',
    )
  }
}
