import type { Difference } from './finding.ts'
import type { LockedOperation } from './lock.ts'

type Property = Exclude<keyof LockedOperation, 'faults' | 'checks' | 'input' | 'output' | 'deprecated'>

/** For each property whom it meets and which change breaks them; the reasons stand in README.md. */
const rules: [Property, side: string, breaks: (was: LockedOperation, is: LockedOperation) => boolean][] = [
  ['status', 'response', () => true],
  ['mediaType', 'response', () => true],
  ['access', 'request', (_was, is) => is.access !== 'public'],
  ['repeatable', 'request', (was) => was.repeatable],
  ['sensitive', 'request', (was, is) => is.sensitive && was.method !== 'GET'],
  ['forms', 'request', (was) => was.forms],
  ['bodyLimit', 'request', (was, is) => is.bodyLimit < was.bodyLimit],
]

/** How an operation changed beside its schemas. */
export function operationDifferences(was: LockedOperation, is: LockedOperation): Difference[] {
  const changed = rules.filter(([property]) => was[property] !== is[property])
  return [
    ...changed.map(([path, side, breaks]) => ({
      side,
      path,
      was: String(was[path]),
      is: String(is[path]),
      breaking: breaks(was, is),
    })),
    ...faultDifferences(was, is),
    ...checkDifferences(was, is),
  ]
}

/** A caller of yesterday does not know a fault of today. */
export function faultDifferences(
  was: Pick<LockedOperation, 'faults'>,
  is: Pick<LockedOperation, 'faults'>,
): Difference[] {
  return [...new Set([...Object.keys(was.faults), ...Object.keys(is.faults)])]
    .filter((code) => was.faults[code] !== is.faults[code])
    .map((code) => ({
      side: 'response',
      path: `faults.${code}`,
      was: String(was.faults[code] ?? 'nothing'),
      is: String(is.faults[code] ?? 'nothing'),
      breaking: code in is.faults,
    }))
}

export function checkDifferences(
  was: Pick<LockedOperation, 'checks'>,
  is: Pick<LockedOperation, 'checks'>,
): Difference[] {
  return oneSided(was.checks, is.checks).map((name) => ({
    side: 'request',
    path: `checks.${name}`,
    was: was.checks.includes(name) ? 'checked' : 'nothing',
    is: is.checks.includes(name) ? 'checked' : 'nothing',
    breaking: is.checks.includes(name),
  }))
}

/** What only one of two lists has. */
export function oneSided(was: readonly string[], is: readonly string[]): string[] {
  return [...new Set([...was, ...is])].filter((name) => was.includes(name) !== is.includes(name))
}
