import type { Deprecation } from '@cenopie/platform-contract'
import type { Difference } from './finding.ts'

interface Ending {
  deprecated?: Deprecation
}

/** A sunset may come later than promised, but not earlier, and not on a day that nobody can prepare for. */
export function endingDifferences(was: Ending, is: Ending, today: string): Difference[] {
  const [promised, sunset] = [was.deprecated?.sunset, is.deprecated?.sunset]
  if (promised === sunset && was.deprecated?.since === is.deprecated?.since) return []
  const breaking = sunset !== undefined && sunset !== promised && sunset < (promised ?? tomorrow(today))
  const said = ({ deprecated }: Ending) =>
    deprecated ? `deprecated since ${deprecated.since}, sunset ${deprecated.sunset}` : 'not deprecated'
  return [{ side: 'all', path: 'deprecated', was: said(was), is: said(is), breaking }]
}

/** What has passed its sunset may go. */
export function goneDifference(
  path: string,
  was: string,
  is: string,
  { deprecated }: Ending,
  today: string,
): Difference {
  return { side: 'all', path, was, is, breaking: !deprecated || deprecated.sunset > today }
}

const dayMs = 24 * 3600 * 1000
const tomorrow = (today: string) => new Date(Date.parse(today) + dayMs).toISOString().slice(0, 10)
