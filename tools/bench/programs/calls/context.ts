import type { CallContext } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'

/** Calls are made on behalf of many, as behind a busy edge. */
const people = Array.from({ length: 100 }, () => ({
  kind: 'user' as const,
  id: newId(),
  sessionId: newId(),
  emailVerified: true,
  memberships: { [newId()]: 'recruiter' },
}))
let next = 0

/** A context as the edge makes one for each request. */
export function context(): CallContext {
  return {
    actor: people[next++ % people.length]!,
    requestId: '0'.repeat(32),
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    deadline: Date.now() + 30_000,
  }
}
