import { isDeepStrictEqual } from 'node:util'
import type { Fact } from './facts.ts'

/** How two runs differ in facts of one kind. */
export interface Difference {
  kind: string
  /** Facts of the first run that the second has not as often, and the reverse. */
  missing: unknown[]
  added: unknown[]
  /** Of those, pairs that are alike but for some fields. */
  changed: { was: unknown; is: unknown }[]
}

/** Compares as multisets: what happened twice must happen twice. Nothing: the runs are equal. */
export function differences(reference: readonly Fact[], other: readonly Fact[]): Difference[] {
  const [was, is] = [byKind(reference), byKind(other)]
  const kinds = [...new Set([...was.keys(), ...is.keys()])].sort()
  return kinds.flatMap((kind) => {
    const missing = without(was.get(kind) ?? [], is.get(kind) ?? [])
    const added = without(is.get(kind) ?? [], was.get(kind) ?? [])
    if (missing.length + added.length === 0) return []
    return [{ kind, ...pairs(missing, added) }]
  })
}

function byKind(facts: readonly Fact[]): Map<string, unknown[]> {
  const kinds = new Map<string, unknown[]>()
  for (const { kind, value } of facts) kinds.set(kind, [...(kinds.get(kind) ?? []), value])
  return kinds
}

function without(values: readonly unknown[], others: readonly unknown[]): unknown[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1)
  return values.filter((value) => {
    const count = left.get(keyOf(value)) ?? 0
    left.set(keyOf(value), count - 1)
    return count <= 0
  })
}

/** The same for objects whose keys come in another order. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

/** Two that agree in half of their fields are taken for one that changed. */
function pairs(missing: unknown[], added: unknown[]): Omit<Difference, 'kind'> {
  const changed: Difference['changed'] = []
  const rest = [...added]
  const gone = missing.filter((was) => {
    const likeness = rest.map((is) => alike(was, is))
    const best = likeness.indexOf(Math.max(...likeness))
    if (best < 0 || (likeness[best] ?? 0) < 0.5) return true
    changed.push({ was, is: rest[best] })
    rest.splice(best, 1)
    return false
  })
  return { missing: gone, added: rest, changed }
}

function alike(one: unknown, other: unknown): number {
  const [a, b] = [fields(one), fields(other)]
  const same = [...a].filter(([path, value]) => b.has(path) && isDeepStrictEqual(b.get(path), value))
  return same.length / Math.max(a.size, b.size)
}

/** Every leaf of a value by its path. */
export function fields(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  return new Map(
    Object.entries(value).flatMap(([key, one]) => [...fields(one, path === '' ? key : `${path}.${key}`)]),
  )
}
