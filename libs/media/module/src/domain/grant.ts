import { isSignature, signature } from './signature.ts'

/** Addresses of a quarter of an hour are the same, so that a cache that has one has them all. */
const stepMilliseconds = 15 * 60_000

/** The moment until which an address works that is asked for at `now` for `seconds`; rounded up. */
export function expiryOf(now: number, seconds: number): number {
  return Math.ceil((now + seconds * 1000) / stepMilliseconds) * stepMilliseconds
}

/** What opens everything made of one file, until `expiry` (epoch milliseconds). */
export function signGrant(secret: string, fileId: string, expiry: number): string {
  const until = expiry.toString(36)
  return `${until}.${signature(secret, 'grant', `${fileId}\n${until}`)}`
}

export type Verdict = { state: 'good'; secondsLeft: number } | { state: 'expired' } | { state: 'forged' }

/** A forged grant is not told when it would expire. */
export function readGrant(secret: string, fileId: string, grant: string, now: number): Verdict {
  const [until = '', mac = '', ...rest] = grant.split('.')
  if (rest.length > 0 || !isSignature(mac, secret, 'grant', `${fileId}\n${until}`)) return { state: 'forged' }
  const secondsLeft = Math.floor((Number.parseInt(until, 36) - now) / 1000)
  return secondsLeft > 0 ? { state: 'good', secondsLeft } : { state: 'expired' }
}
