import type { Difference } from './finding.ts'
import type { Side } from './sides.ts'
import { gaps } from './understands.ts'
import type { Gap, Rooted } from './understands.ts'

/**
 * How a schema changed for one side. Breaking is what the reader no longer understands; what only the other direction
 * would not understand is a compatible change.
 */
export function schemaDifferences({ name, told, reading }: Side, was: Rooted, is: Rooted): Difference[] {
  const forth = told ? gaps(is, was, reading) : gaps(was, is, reading)
  const allOfIt = { ...reading, missesGone: true, heedsDefaults: false, overlooksUnknown: false }
  const back = told ? gaps(was, is, allOfIt) : gaps(is, was, allOfIt)
  const broken = new Set(forth.map(({ path }) => path))
  const difference = ({ path, written, read }: Gap, breaking: boolean): Difference => {
    const newWrites = told === breaking
    return { side: name, path, was: newWrites ? read : written, is: newWrites ? written : read, breaking }
  }
  return [
    ...forth.map((gap) => difference(gap, true)),
    ...back.filter(({ path }) => !broken.has(path)).map((gap) => difference(gap, false)),
  ]
}
