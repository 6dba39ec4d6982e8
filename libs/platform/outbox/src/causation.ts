import { randomBytes } from 'node:crypto'
import type { Actor, CallContext } from '@cenopie/platform-contract'
import type { EntryMeta } from './entry.ts'

/** The same trace, a new span. */
export function childSpan(traceparent: string): string {
  return `${traceparent.slice(0, 36)}${randomBytes(8).toString('hex')}${traceparent.slice(52)}`
}

/** The call that background work makes: on the module's own account, in the trace of what caused it. */
export function causedBy<A extends Actor>(meta: EntryMeta, actor: A, seconds: number): CallContext<A> {
  return {
    actor,
    requestId: meta.requestId,
    traceparent: childSpan(meta.traceparent),
    deadline: Date.now() + seconds * 1000,
  }
}
