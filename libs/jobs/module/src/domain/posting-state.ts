import type { PostingState } from '@cenopie/jobs-contract'
import { invalid } from '@cenopie/platform-contract'

const DAY = 86_400_000

/** A published posting past its date has expired, whether or not the schedule has come round to it. */
export function effectiveState(
  posting: { state: PostingState; expiresAt: Date | null },
  now: Date,
): PostingState {
  const over = posting.expiresAt !== null && posting.expiresAt <= now
  return posting.state === 'published' && over ? 'expired' : posting.state
}

/** What may be edited: what is closed or expired was published as it was, and is published anew instead. */
export function mayEdit(state: PostingState): boolean {
  return state === 'draft' || state === 'published'
}

export function mayPublish(state: PostingState): boolean {
  return state !== 'published'
}

export function mayClose(state: PostingState): boolean {
  return state === 'published'
}

/**
 * A date on which a posting may expire: ahead, and at most `maxDays` from now.
 *
 * @throws Fault invalid-input naming `expiresAt`
 */
export function expiry(wanted: string, now: Date, maxDays: number): Date {
  const at = new Date(wanted)
  if (!(at > now)) throw invalid({ field: 'expiresAt', message: 'must be in the future' })
  if (at.getTime() > now.getTime() + maxDays * DAY) {
    throw invalid({ field: 'expiresAt', message: `must be within ${maxDays} days` })
  }
  return at
}

/** On publishing without a wish: the date already set if it is ahead, else `days` from now. */
export function defaultExpiry(kept: Date | null, now: Date, days: number): Date {
  return kept !== null && kept > now ? kept : new Date(now.getTime() + days * DAY)
}
