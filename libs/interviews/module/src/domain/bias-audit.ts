import {
  ethnicity,
  minimumCell,
  sex,
  smallCategoryShare,
  type BiasAudit,
  type BiasAuditRow,
  type Ethnicity,
  type Sex,
} from '@cenopie/interviews-contract'

/** How many people of one sex and one category; null: not told. */
export interface SampleGroup {
  sex: Sex | null
  ethnicity: Ethnicity | null
  applicants: number
  /** Of them advanced. */
  selected: number
  /** Of them scored by the analyst. */
  scored: number
  /** Of them scored above the median of the whole sample. */
  aboveMedian: number
}

type Category = Pick<BiasAuditRow, 'sex' | 'ethnicity'>
type Counts = Pick<SampleGroup, 'applicants' | 'selected' | 'scored' | 'aboveMedian'>
type Cell = Category & Counts
type Tables = Pick<BiasAudit, 'applicants' | 'unknown' | 'bySex' | 'byEthnicity' | 'intersectional'>

const sexes = sex.options.filter((one) => one !== 'declined')
const ethnicities = ethnicity.options.filter((one) => one !== 'declined')

/**
 * The tables of 6 RCNY §5-301 (New York City, Local Law 144 of 2021). (b) and (c): selection rate = selected ÷
 * applicants; scoring rate = scored above the sample's median ÷ scored; impact ratio = rate ÷ the highest rate of
 * any category (§5-300); by sex, by race/ethnicity and by both; who is in no category is counted as unknown. (d): a
 * category below 2 % of the data is left out of the impact ratios, with its numbers and a note.
 *
 * Beyond the rule, categories of 1 to `minimumCell` − 1 people are suppressed, and with them whatever would let a
 * reader subtract their size from the sums.
 */
export function biasTables(groups: readonly SampleGroup[]): Tables {
  const applicants = groups.reduce((sum, group) => sum + group.applicants, 0)
  const tables = {
    sex: sexes.map((one) => cell(groups, { sex: one })),
    ethnicity: ethnicities.map((one) => cell(groups, { ethnicity: one })),
    intersectional: ethnicities.flatMap((one) =>
      sexes.map((other) => cell(groups, { sex: other, ethnicity: one })),
    ),
  }
  const hidden = {
    sex: new Set(tables.sex.filter(isSmall)),
    ethnicity: new Set(tables.ethnicity.filter(isSmall)),
    intersectional: hiddenOfBoth(tables.intersectional),
  }
  const unknown: BiasAudit['unknown'] = {}
  for (const name of ['sex', 'ethnicity', 'intersectional'] as const) {
    // With one category hidden, the sum would give it away.
    if (hidden[name].size !== 1) unknown[name] = applicants - known(tables[name])
  }
  return {
    applicants,
    unknown,
    bySex: rated(tables.sex, hidden.sex),
    byEthnicity: rated(tables.ethnicity, hidden.ethnicity),
    intersectional: rated(tables.intersectional, hidden.intersectional),
  }
}

function cell(groups: readonly SampleGroup[], category: Category): Cell {
  const counts: Counts = { applicants: 0, selected: 0, scored: 0, aboveMedian: 0 }
  for (const group of groups) {
    if (category.sex !== undefined && group.sex !== category.sex) continue
    if (category.ethnicity !== undefined && group.ethnicity !== category.ethnicity) continue
    counts.applicants += group.applicants
    counts.selected += group.selected
    counts.scored += group.scored
    counts.aboveMedian += group.aboveMedian
  }
  return { ...category, ...counts }
}

function isSmall({ applicants }: Counts): boolean {
  return applicants > 0 && applicants < minimumCell
}

function known(cells: readonly Counts[]): number {
  return cells.reduce((sum, { applicants }) => sum + applicants, 0)
}

/**
 * Both sexes of an ethnicity are hidden together, and never those of one ethnicity alone: the tables by sex and by
 * ethnicity would tell the rest.
 */
function hiddenOfBoth(cells: readonly Cell[]): Set<Cell> {
  const of = (one: Ethnicity) => cells.filter((cell) => cell.ethnicity === one)
  const present = ethnicities.filter((one) => known(of(one)) > 0)
  const hidden = present.filter((one) => of(one).some(isSmall))
  if (hidden.length === 1) {
    const [next] = present
      .filter((one) => !hidden.includes(one))
      .toSorted((a, b) => known(of(a)) - known(of(b)))
    if (next !== undefined) hidden.push(next)
  }
  return new Set(hidden.flatMap(of))
}

function rated(cells: readonly Cell[], hidden: ReadonlySet<Cell>): BiasAuditRow[] {
  const total = known(cells)
  const isExcluded = (one: Cell) => one.applicants < smallCategoryShare * total
  const compared = cells.filter((one) => !hidden.has(one) && !isExcluded(one) && one.applicants > 0)
  const highest = {
    selection: Math.max(0, ...compared.map(selectionRate)),
    scoring: Math.max(0, ...compared.filter(hasScores).map(scoringRate)),
  }
  return cells.map((one) => {
    const { sex: ofSex, ethnicity: ofEthnicity, scored, aboveMedian, ...counts } = one
    const category = {
      ...(ofSex === undefined ? {} : { sex: ofSex }),
      ...(ofEthnicity === undefined ? {} : { ethnicity: ofEthnicity }),
    }
    if (hidden.has(one)) return { ...category, note: 'suppressed' }
    if (one.applicants === 0) return { ...category, ...counts }
    const rates = {
      ...category,
      ...counts,
      selectionRate: rounded(selectionRate(one)),
      ...(hasScores(one) ? { scored, aboveMedian, scoringRate: rounded(scoringRate(one)) } : {}),
    }
    if (isExcluded(one)) return { ...rates, note: 'excluded' }
    return {
      ...rates,
      ...(highest.selection > 0 && {
        selectionImpactRatio: rounded(selectionRate(one) / highest.selection),
      }),
      ...(hasScores(one) &&
        highest.scoring > 0 && { scoringImpactRatio: rounded(scoringRate(one) / highest.scoring) }),
    }
  })
}

function selectionRate({ selected, applicants }: Counts): number {
  return selected / applicants
}

function scoringRate({ aboveMedian, scored }: Counts): number {
  return aboveMedian / scored
}

/** Too few scores tell as much as too few people. */
function hasScores({ scored }: Counts): boolean {
  return scored >= minimumCell
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
