import type { Difference } from './finding.ts'
import type { LockedStream } from './lock.ts'
import { checkDifferences, faultDifferences, oneSided } from './operation-rules.ts'

type Property = 'kind' | 'access' | 'name'

/** For each property whom it meets and which change breaks them; the reasons stand in README.md. */
const rules: [Property, side: string, breaks: (is: LockedStream) => boolean][] = [
  ['kind', 'all', () => true],
  ['access', 'request', (is) => is.access !== 'public'],
  ['name', 'request', () => true],
]

/** How a stream changed beside its schemas. */
export function streamDifferences(was: LockedStream, is: LockedStream): Difference[] {
  return [
    ...rules
      .filter(([property]) => was[property] !== is[property])
      .map(([path, side, breaks]) => ({
        side,
        path,
        was: String(was[path] ?? 'nothing'),
        is: String(is[path] ?? 'nothing'),
        breaking: breaks(is),
      })),
    // A method that is gone is missed; a media type that is new is not understood.
    ...listed('request', 'methods', was, is, (gone) => gone),
    ...listed('response', 'mediaTypes', was, is, (gone) => !gone),
    ...faultDifferences(was, is),
    ...checkDifferences(was, is),
  ]
}

function listed(
  side: string,
  list: 'methods' | 'mediaTypes',
  was: LockedStream,
  is: LockedStream,
  breaks: (gone: boolean) => boolean,
): Difference[] {
  return oneSided(was[list] ?? [], is[list] ?? []).map((one) => {
    const gone = was[list]?.includes(one) ?? false
    const [before, after] = gone ? [one, 'nothing'] : ['nothing', one]
    return { side, path: list, was: before, is: after, breaking: breaks(gone) }
  })
}
