/** One thing that is not as it was promised. */
export interface Difference {
  /** Whom it meets: `request`, `response`, `subscriber`, `waiting entry`, or `all`. */
  side: string
  /** JSON path inside input, output or payload; or the name of a property: `status`. */
  path: string
  was: string
  is: string
  breaking: boolean
}

export interface Finding extends Difference {
  domain: string
  /** `operation getProfile`, `event users.profile-updated`. */
  subject: string
  /** What to do about it. */
  advice: string
}

export function lineOf({ breaking, domain, subject, side, path, was, is, advice }: Finding): string {
  return `${breaking ? 'BREAKING  ' : 'compatible'} ${domain}: ${subject}, ${side}, ${path}: ${was} → ${is}. ${advice}`
}
