import { ethnicity, minimumCell, sex, type Ethnicity, type Sex } from '@cenopie/interviews-contract'
import { expect, test } from 'vitest'
import { biasTables, type SampleGroup } from './bias-audit.ts'

type Tables = ReturnType<typeof biasTables>
type Measure = 'applicants' | 'scored'

const sexes: (Sex | null)[] = [...sex.options.filter((one) => one !== 'declined'), null]
const ethnicities: (Ethnicity | null)[] = [...ethnicity.options.filter((one) => one !== 'declined'), null]

/** What a table says of a sample: the groups that a number is the sum of. */
interface Statement {
  measure: Measure
  told: boolean
  covers: (group: SampleGroup) => boolean
}

function statements({ unknown, bySex, byEthnicity, intersectional }: Tables): Statement[] {
  const rows = [...bySex, ...byEthnicity, ...intersectional].flatMap((row) => {
    const covers = (group: SampleGroup) =>
      (row.sex === undefined || group.sex === row.sex) &&
      (row.ethnicity === undefined || group.ethnicity === row.ethnicity)
    const told = row.applicants !== undefined
    return (['applicants', 'scored'] as const).map((measure) => ({ measure, covers, told }))
  })
  // Who is of no category is nobody to be protected, but what is told of them tells of others.
  const missing = [
    unknown.sex !== undefined && ((group: SampleGroup) => group.sex === null),
    unknown.ethnicity !== undefined && ((group: SampleGroup) => group.ethnicity === null),
    unknown.intersectional !== undefined &&
      ((group: SampleGroup) => group.sex === null || group.ethnicity === null),
  ].filter((covers) => covers !== false)
  return [...rows, ...missing.map((covers) => ({ measure: 'applicants' as const, covers, told: true }))]
}

const isSmall = (count: number) => count > 0 && count < minimumCell

const sumOf = (groups: readonly SampleGroup[], { covers, measure }: Statement) =>
  groups.filter(covers).reduce((total, group) => total + group[measure], 0)

/** One person, scored or not, of another group than they are of. */
interface Move {
  from: number
  to: number
  scored: 0 | 1
}

const isPossible = (groups: readonly SampleGroup[], moves: readonly Move[]) =>
  groups.every((group, at) =>
    ([0, 1] as const).every(
      (scored) =>
        moves.filter((move) => move.from === at && move.scored === scored).length <=
        (scored === 1 ? group.scored : group.applicants - group.scored),
    ),
  )

/**
 * The small numbers of which no other sample, one or two people of which are of other groups, tells the same with
 * another number. What the ratios tell follows from the counts told; those advanced are hidden with the applicants.
 */
function givenAway(groups: readonly SampleGroup[], tables: Tables): number[] {
  const all = statements(tables)
  const changeOf = (of: readonly Statement[], { from, to, scored }: Move) =>
    of.map(({ covers, measure }) => {
      const [source, target] = [groups[from], groups[to]]
      const moved = Number(target && covers(target)) - Number(source && covers(source))
      return measure === 'scored' ? moved * scored : moved
    })
  const told = all.filter((one) => one.told)
  const hidden = all.filter((one) => !one.told)
  const moves = groups.flatMap((_, from) =>
    groups.flatMap((_, to) =>
      from === to ? [] : ([0, 1] as const).map((scored): Move => ({ from, to, scored })),
    ),
  )
  const possible = moves.filter((move) => isPossible(groups, [move]))
  const changes = possible.map((move) => ({
    move,
    told: changeOf(told, move),
    hidden: changeOf(hidden, move),
  }))
  const byTold = Map.groupBy(changes, (change) => change.told.join())
  const free = new Set<number>()
  const note = (change: readonly number[]) => {
    for (const [at, value] of change.entries()) if (value !== 0) free.add(at)
  }
  for (const one of changes) {
    if (one.told.every((value) => value === 0)) note(one.hidden)
    const opposite = one.told.map((value) => 0 - value).join()
    for (const other of byTold.get(opposite) ?? []) {
      if (isPossible(groups, [one.move, other.move]))
        note(one.hidden.map((value, at) => value + (other.hidden[at] ?? 0)))
    }
  }
  return hidden.flatMap((one, at) => {
    const count = sumOf(groups, one)
    return isSmall(count) && !free.has(at) ? [count] : []
  })
}

/** Mulberry32: the same samples in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Mostly empty and small groups, with a few large ones, and scores of none, some or all. */
function sample(seed: number): SampleGroup[] {
  const next = random(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  const [emptiness, consent] = [next(), below(3)]
  const people = () => (next() < emptiness ? 0 : next() < 0.6 ? below(6) : below(40))
  return ethnicities.flatMap((ofEthnicity) =>
    sexes.map((ofSex) => {
      const applicants = people()
      const scored = [0, applicants, below(applicants + 1)][consent] ?? 0
      const selected = below(applicants + 1)
      const aboveMedian = below(scored + 1)
      return { sex: ofSex, ethnicity: ofEthnicity, applicants, selected, scored, aboveMedian }
    }),
  )
}

test('no small number is told, or follows from those that are', () => {
  let small = 0
  for (let seed = 0; seed < 60; seed += 1) {
    const groups = sample(seed)
    const tables = biasTables(groups)
    small += statements(tables).filter((one) => !one.told && isSmall(sumOf(groups, one))).length
    const told = [...tables.bySex, ...tables.byEthnicity, ...tables.intersectional].flatMap(
      ({ applicants = 0, scored = 0 }) => [applicants, scored].filter(isSmall),
    )
    expect({ seed, told, givenAway: givenAway(groups, tables) }).toEqual({ seed, told: [], givenAway: [] })
  }
  expect(small).toBeGreaterThan(300)
})

test('what is many is told, where nothing small follows from it', () => {
  let many = 0
  for (let seed = 0; seed < 60; seed += 1) {
    const groups = sample(seed)
    const rows = statements(biasTables(groups))
    many += rows.filter((one) => one.told && sumOf(groups, one) >= minimumCell).length
  }
  expect(many).toBeGreaterThan(200)
})
