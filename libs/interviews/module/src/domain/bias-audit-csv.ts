import type { BiasAudit, BiasAuditRow } from '@cenopie/interviews-contract'

const columns = [
  ...([
    'sex',
    'ethnicity',
    'note',
    'applicants',
    'selected',
    'selectionRate',
    'selectionImpactRatio',
  ] as const),
  ...(['scored', 'aboveMedian', 'scoringRate', 'scoringImpactRatio'] as const),
] satisfies (keyof BiasAuditRow)[]

/** RFC 4180: one header, one line for each category of the three tables. Every value is a number or one of our words. */
export function biasAuditCsv(audit: BiasAudit): string {
  const tables = { sex: audit.bySex, ethnicity: audit.byEthnicity, intersectional: audit.intersectional }
  const lines = Object.entries(tables).flatMap(([name, rows]) => [
    ...rows.map((row) => [name, audit.from, audit.to, ...columns.map((column) => row[column] ?? '')]),
    [name, audit.from, audit.to, '', '', 'unknown', audit.unknown[name as keyof BiasAudit['unknown']] ?? ''],
  ])
  return [['table', 'from', 'to', ...columns], ...lines]
    .map((values) => [...values, ...Array<string>(columns.length + 3 - values.length).fill('')])
    .map((values) => `${values.join(',')}\r\n`)
    .join('')
}
