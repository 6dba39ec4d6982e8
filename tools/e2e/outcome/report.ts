import type { Difference } from './differences.ts'
import { fields } from './differences.ts'
import type { Fact } from './facts.ts'

/** Facts shown of one kind; of more the number is told. */
const shown = 10
const width = 400

/** How many facts were compared, in a line or two. */
export function summary(facts: readonly Fact[]): string {
  const count = (of: (kind: string) => boolean) => facts.filter(({ kind }) => of(kind)).length
  const rows = Map.groupBy(
    facts.filter(({ kind }) => kind.startsWith('rows of ')),
    ({ kind }) => kind.slice('rows of '.length).split('.')[0] as string,
  )
  const perSchema = [...rows].map(([schema, own]) => `${schema} ${own.length}`).sort()
  return [
    `${count((kind) => kind.startsWith('answers in '))} answers`,
    `${count((kind) => kind.startsWith('events '))} events`,
    `${count((kind) => kind.startsWith('tasks '))} tasks`,
    `${count((kind) => kind === 'mails')} mails`,
    `${[...rows.values()].flat().length} rows (${perSchema.join(', ')})`,
  ].join(', ')
}

/** Differences for people: `-` only in the reference, `+` only in the other run, `~` the fields that changed. */
export function report(found: readonly Difference[]): string {
  return found
    .map(({ kind, missing, added, changed }) => {
      const lines = [
        ...changed.map(({ was, is }) => changes(was, is)),
        ...missing.map((value) => `  - ${short(value)}`),
        ...added.map((value) => `  + ${short(value)}`),
      ]
      const more = lines.length > shown ? [`  … and ${lines.length - shown} more`] : []
      return [`${kind}:`, ...lines.slice(0, shown), ...more].join('\n')
    })
    .join('\n')
}

function changes(was: unknown, is: unknown): string {
  const [before, after] = [fields(was), fields(is)]
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)),
  )
  const lines = paths.map((path) => {
    const [one, other] = apart(before.get(path), after.get(path))
    return `      ${path}: ${short(one)} → ${short(other)}`
  })
  return [`  ~ ${short(is, 160)}`, ...lines].join('\n')
}

/** Of two long texts the part around the first character that differs. */
function apart(one: unknown, other: unknown): [unknown, unknown] {
  if (typeof one !== 'string' || typeof other !== 'string') return [one, other]
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const around = (text: string) => (at > 60 ? '…' : '') + text.slice(Math.max(0, at - 60), at + 120)
  return [around(one), around(other)]
}

function short(value: unknown, length = width): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > length ? `${text.slice(0, length)}…` : text
}
