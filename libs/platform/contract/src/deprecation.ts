import { date } from './wire.ts'

/** Something that is going away: from `since` on nobody should begin to use it, after `sunset` it may be gone. */
export interface Deprecation {
  /** ISO date. */
  readonly since: string
  /** ISO date; days begin at 00:00 UTC. Until then it works as ever. */
  readonly sunset: string
}

/** Throws on what is no date, or on an end before the beginning. */
export function checkDeprecation(what: string, { since, sunset }: Deprecation): void {
  if (!date.safeParse(since).success || !date.safeParse(sunset).success || sunset <= since)
    throw new Error(`${what}: since ${since} and sunset ${sunset} are not two days, one after the other`)
}
