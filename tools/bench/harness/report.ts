import type { BenchCase } from './case.ts'
import type { Measured } from './measure.ts'
import { median, spread } from './statistics.ts'

/** One line of the results, as `--json` writes it. */
export interface Result {
  case: string
  unit: BenchCase['unit']
  /** Medians over the rounds. */
  ours: number
  baseline: number
  /** Of the medians, turned so that more is better. */
  ratio: number
  target: number
  holds: boolean
}

export function resultOf(
  name: string,
  { unit, better, target }: Pick<BenchCase, 'unit' | 'better' | 'target'>,
  measured: Measured,
): Result {
  const [ours, baseline] = [median(measured.ours), median(measured.baseline)]
  const ratio = better === 'more' ? ours / baseline : baseline / ours
  return {
    case: name,
    unit,
    ours: rounded(ours),
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    target,
    holds: ratio >= target,
  }
}

/** The results as a table for people. */
export function table(results: readonly Result[]): string {
  const rows = results.map(({ case: name, unit, ours, baseline, ratio, target, holds }) => [
    name,
    unit,
    `${ours}`,
    `${baseline}`,
    ratio.toFixed(2),
    `≥ ${target}`,
    holds ? 'holds' : 'SHORT',
  ])
  const lines = [['case', 'unit', 'ours', 'baseline', 'ratio', 'target', ''], ...rows]
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const aligned = (cell: string, column: number) =>
    column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
  return lines.map((line) => line.map(aligned).join('  ').trimEnd()).join('\n')
}

/** One line per side: the rounds and how far they lie apart. */
export function rounds(measured: Measured): string {
  const side = (name: string, values: number[]) =>
    `  ${name.padEnd(8)} ${values.map(rounded).join(' ')}  (±${Math.round(spread(values) * 100)} %)`
  return [side('ours', measured.ours), side('baseline', measured.baseline)].join('\n')
}

/** Four digits say more than any of these figures is good for. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
