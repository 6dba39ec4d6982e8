import type { Actor } from '@cenopie/platform-contract'
import { requestDuration, streamBytes } from '@cenopie/platform-telemetry'
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
  fault?: string | undefined
  ms: number
  /** Of a stream. */
  sent?: Sent | undefined
}

/** What became of a stream. */
export interface Sent {
  /** Of its body, towards its reader; of a protocol, those received. */
  bytes: number
  /** Until the answer began, or a protocol's handler did; measured, since a stream takes as long as its reader does. */
  firstByteMs?: number
  /** It ended before its end. */
  cut?: 'by the reader' | 'by us'
  /** Why it was us. */
  cause?: unknown
}

/** One log line and one measurement for each request. */
export function recorder(log: Logger): (answered: Answered) => void {
  // Fields that are known and no secrets: searching each line for some took a fifteenth of a small request.
  const requests = log.child({}, { redact: [] })
  return ({ requestId, traceparent, actor, method, route, status, fault, ms, sent }) => {
    requestDuration.observe({ method, route, status }, (sent?.firstByteMs ?? ms) / 1000)
    if (sent) streamBytes.inc({ method, route }, sent.bytes)
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
        bytes: sent?.bytes,
        cut: sent?.cut,
      },
      'request',
    )
  }
}
