import {
  ethnicity,
  sex,
  smallCategoryShare,
  type BiasAudit,
  type BiasAuditRow,
  type Ethnicity,
  type Sex,
} from '@cenopie/interviews-contract'
import {
  sum,
  suppressed,
  type Category,
  type Cell,
  type Cells,
  type Counts,
} from './bias-audit-suppression.ts'

/** How many people of one sex and one category; null: not told. */
export interface SampleGroup extends Counts {
  sex: Sex | null
  ethnicity: Ethnicity | null
}

type Tables = Pick<BiasAudit, 'applicants' | 'unknown' | 'bySex' | 'byEthnicity' | 'intersectional'>

const sexes = sex.options.filter((one) => one !== 'declined')
const ethnicities = ethnicity.options.filter((one) => one !== 'declined')

/**
 * The tables of 6 RCNY §5-301 (New York City, Local Law 144 of 2021). (b) and (c): selection rate = selected ÷
 * applicants; scoring rate = scored above the sample's median ÷ scored; impact ratio = rate ÷ the highest rate of
 * any category (§5-300); by sex, by race/ethnicity and by both; who is in no category is counted as unknown. (d): a
 * category below 2 % of the data is left out of the impact ratios, with its numbers and a note.
 *
 * Beyond the rule, categories of 1 to `minimumCell` − 1 people, or scores, are suppressed, with whatever would give them
 * away. Ratios and shares are therefore those of the categories that are told.
 */
export function biasTables(groups: readonly SampleGroup[]): Tables {
  const applicants = sum(groups, 'applicants')
  const tables: Cells = {
    sex: sexes.map((one) => cell(groups, { sex: one })),
    ethnicity: ethnicities.map((one) => cell(groups, { ethnicity: one })),
    intersectional: ethnicities.flatMap((one) =>
      sexes.map((other) => cell(groups, { sex: other, ethnicity: one })),
    ),
  }
  const hidden = suppressed(tables)
  const unknown: BiasAudit['unknown'] = {}
  for (const name of ['sex', 'ethnicity', 'intersectional'] as const) {
    // Where nothing is told, this would tell the sum.
    if (hidden[name].size < tables[name].length) unknown[name] = applicants - sum(tables[name], 'applicants')
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
  const of = groups.filter(
    (group) =>
      (category.sex === undefined || group.sex === category.sex) &&
      (category.ethnicity === undefined || group.ethnicity === category.ethnicity),
  )
  return {
    ...category,
    applicants: sum(of, 'applicants'),
    selected: sum(of, 'selected'),
    scored: sum(of, 'scored'),
    aboveMedian: sum(of, 'aboveMedian'),
  }
}

function rated(cells: readonly Cell[], hidden: ReadonlySet<Cell>): BiasAuditRow[] {
  const told = cells.filter((one) => !hidden.has(one))
  const isExcluded = (one: Cell) => one.applicants < smallCategoryShare * sum(told, 'applicants')
  const compared = told.filter((one) => !isExcluded(one) && one.applicants > 0)
  const highest = {
    selection: Math.max(0, ...compared.map(selectionRate)),
    scoring: Math.max(0, ...compared.filter(hasScores).map(scoringRate)),
  }
  return cells.map((one) => {
    const { applicants, selected, scored, aboveMedian, ...category } = one
    if (hidden.has(one)) return { ...category, note: 'suppressed' }
    if (applicants === 0) return { ...category, applicants, selected }
    const rates = {
      ...{ ...category, applicants, selected, scored, aboveMedian },
      selectionRate: rounded(selectionRate(one)),
      ...(hasScores(one) && { scoringRate: rounded(scoringRate(one)) }),
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

function hasScores({ scored }: Counts): boolean {
  return scored > 0
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
