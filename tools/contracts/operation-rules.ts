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
    ...[...new Set([...Object.keys(was.faults), ...Object.keys(is.faults)])]
      .filter((code) => was.faults[code] !== is.faults[code])
      .map((code) => ({
        side: 'response',
        path: `faults.${code}`,
        was: String(was.faults[code] ?? 'nothing'),
        is: String(is.faults[code] ?? 'nothing'),
        breaking: code in is.faults,
      })),
    ...[...new Set([...was.checks, ...is.checks])]
      .filter((name) => was.checks.includes(name) !== is.checks.includes(name))
      .map((name) => ({
        side: 'request',
        path: `checks.${name}`,
        was: was.checks.includes(name) ? 'checked' : 'nothing',
        is: is.checks.includes(name) ? 'checked' : 'nothing',
        breaking: is.checks.includes(name),
      })),
  ]
}
