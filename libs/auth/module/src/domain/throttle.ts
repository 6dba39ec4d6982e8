import { after } from './lifetimes.ts'

/** Attempts before waiting starts. */
const FREE_ATTEMPTS = 5
const FIRST_WAIT_MS = 30_000
/** The longest wait, so that nobody is locked out of their own account for good. */
const LONGEST_WAIT_MS = 15 * 60_000
/** Attempts are forgotten after this long without one; longer than the longest wait. */
export const THROTTLE_MEMORY_MS = 60 * 60_000

export interface Attempts {
  attempts: number
  lastAt: Date
}

export type Admission = { admitted: true; attempts: number } | { admitted: false; retryAfter: number }

/**
 * Whether one more attempt may be made. An admitted one counts before its password is looked at, so a burst of
 * parallel guesses gains nothing; a refused one does not count, so retrying does not prolong the wait.
 * `retryAfter` is in whole seconds, at least 1.
 */
export function admit(past: Attempts | undefined, now: Date): Admission {
  if (past === undefined || now >= after(past.lastAt, THROTTLE_MEMORY_MS))
    return { admitted: true, attempts: 1 }
  const excess = past.attempts - FREE_ATTEMPTS
  if (excess >= 0) {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(excess, 10), LONGEST_WAIT_MS)
    const left = after(past.lastAt, wait).getTime() - now.getTime()
    if (left > 0) return { admitted: false, retryAfter: Math.ceil(left / 1000) }
  }
  return { admitted: true, attempts: past.attempts + 1 }
}
