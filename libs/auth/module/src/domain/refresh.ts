import { after, lifetimes } from './lifetimes.ts'

export interface SessionState {
  generation: number
  rotatedAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/**
 * What to do with a genuine refresh token of generation `presented`:
 * `rotate` it, `repeat` the answer that the first use got, end the session (`reuse`), or nothing (`ended`).
 *
 * A used token that comes back after the grace was copied: holder and thief cannot be told apart, so the session
 * ends for both (RFC 9700, 4.14.2).
 */
export type RefreshVerdict = 'rotate' | 'repeat' | 'reuse' | 'ended'

export function judgeRefresh(presented: number, session: SessionState, now: Date): RefreshVerdict {
  if (session.revokedAt !== null || session.expiresAt <= now) return 'ended'
  if (presented === session.generation) return 'rotate'
  const inGrace = now <= after(session.rotatedAt, lifetimes.refreshGrace)
  return presented === session.generation - 1 && inGrace ? 'repeat' : 'reuse'
}

/** Each refresh moves the end of a session, up to its total length. */
export function sessionExpiry(createdAt: Date, now: Date): Date {
  const idle = after(now, lifetimes.sessionIdle)
  const total = after(createdAt, lifetimes.sessionTotal)
  return idle < total ? idle : total
}
