import type { Actor, CallContext } from '@cenopie/platform-contract'
import { childSpan } from '@cenopie/platform-telemetry'
import type { EntryMeta } from './entry.ts'

/** The call that background work makes: on the module's own account, in the trace of what caused it. */
export function causedBy<A extends Actor>(meta: EntryMeta, actor: A, seconds: number): CallContext<A> {
  return {
    actor,
    requestId: meta.requestId,
    traceparent: childSpan(meta.traceparent),
    deadline: Date.now() + seconds * 1000,
  }
}
