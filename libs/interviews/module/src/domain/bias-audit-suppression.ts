import { minimumCell, type BiasAudit, type BiasAuditRow } from '@cenopie/interviews-contract'

export type Category = Pick<BiasAuditRow, 'sex' | 'ethnicity'>
export interface Counts {
  applicants: number
  /** Of them advanced. */
  selected: number
  /** Of them scored by the analyst. */
  scored: number
  /** Of them scored above the median of the whole sample. */
  aboveMedian: number
}
export type Cell = Category & Counts

/** The cells of each table: by sex, by ethnicity, by both. */
export type Cells = Record<keyof BiasAudit['unknown'], Cell[]>

/** Too few scores tell as much as too few people. */
const measures = ['applicants', 'scored'] as const

/**
 * The cells that are not told: the small ones, and others until no sum of what is told gives a small one away
 * (complementary suppression).
 *
 * With a small sex both are hidden, and all that is told by both. A small ethnicity is hidden with the next smallest
 * ones until together they are many. By both, the sexes of an ethnicity are hidden together and never those of one
 * ethnicity alone: the other tables tell the sums over each, so there must be a woman and a man, of two ethnicities,
 * who could as well be of each other's. Where no part of a table is enough, all of it is hidden.
 */
export function suppressed({
  sex,
  ethnicity,
  intersectional,
}: Cells): Record<keyof Cells, ReadonlySet<Cell>> {
  const ethnicities = ethnicity.map((cell) => [cell])
  const hiddenEthnicities = complemented(ethnicities, ethnicities.filter(hasSmall), areMany)
  if (hasSmall(sex))
    return { sex: new Set(sex), ethnicity: hiddenEthnicities, intersectional: new Set(intersectional) }
  const pairs = ethnicity.map((one) => intersectional.filter((cell) => cell.ethnicity === one.ethnicity))
  const seeds = pairs.filter(
    (pair, at) => hasSmall(pair) || ethnicities[at]?.some((one) => hiddenEthnicities.has(one)),
  )
  return {
    sex: new Set(),
    ethnicity: hiddenEthnicities,
    intersectional: complemented(pairs, seeds, areExchangeable),
  }
}

type Enough = (rows: readonly Cell[][], measure: keyof Counts) => boolean

/** The seeds and the next smallest rows until they are enough for each measure that somebody is few by. */
function complemented(rows: Cell[][], seeds: readonly Cell[][], enough: Enough): ReadonlySet<Cell> {
  if (seeds.length === 0) return new Set()
  const size = (row: readonly Cell[]) => sum(row, 'applicants')
  const others = rows
    .filter((row) => size(row) > 0 && !seeds.includes(row))
    .toSorted((a, b) => size(a) - size(b))
  for (let taken = 0; taken <= others.length; taken += 1) {
    const hidden = [...seeds, ...others.slice(0, taken)]
    const few = measures.filter((measure) => hidden.flat().some((cell) => isSmall(cell[measure])))
    if (hidden.length > 1 && few.every((measure) => enough(hidden, measure))) return new Set(hidden.flat())
  }
  return new Set(rows.flat())
}

const areMany: Enough = (rows, measure) => sum(rows.flat(), measure) >= 2 * minimumCell

const areExchangeable: Enough = (rows, measure) => {
  const cells = rows.flat().filter((cell) => cell[measure] > 0)
  return (
    new Set(cells.map(({ sex }) => sex)).size > 1 && new Set(cells.map(({ ethnicity }) => ethnicity)).size > 1
  )
}

function hasSmall(cells: readonly Cell[]): boolean {
  return cells.some((cell) => measures.some((measure) => isSmall(cell[measure])))
}

function isSmall(count: number): boolean {
  return count > 0 && count < minimumCell
}

export function sum(cells: readonly Counts[], measure: keyof Counts): number {
  return cells.reduce((total, cell) => total + cell[measure], 0)
}
