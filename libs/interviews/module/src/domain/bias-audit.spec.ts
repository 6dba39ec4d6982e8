import { expect, test } from 'vitest'
import { biasAuditCsv } from './bias-audit-csv.ts'
import { biasTables, type SampleGroup } from './bias-audit.ts'

const group = (
  sex: SampleGroup['sex'],
  ethnicity: SampleGroup['ethnicity'],
  applicants: number,
  selected: number,
  scored = applicants,
  aboveMedian = 0,
): SampleGroup => ({ sex, ethnicity, applicants, selected, scored, aboveMedian })

test('rates and ratios are those of the rule', () => {
  const { bySex, applicants, unknown } = biasTables([
    group('male', 'white', 100, 50, 80, 60),
    group('female', 'white', 60, 24, 40, 18),
    group(null, null, 10, 1),
  ])
  expect({ applicants, unknown }).toEqual({
    applicants: 170,
    unknown: { sex: 10, ethnicity: 10, intersectional: 10 },
  })
  expect(bySex).toEqual([
    {
      ...{ sex: 'female', applicants: 60, selected: 24, scored: 40, aboveMedian: 18 },
      // 24 ÷ 60, and that ÷ (50 ÷ 100); 18 ÷ 40, and that ÷ (60 ÷ 80).
      ...{ selectionRate: 0.4, selectionImpactRatio: 0.8, scoringRate: 0.45, scoringImpactRatio: 0.6 },
    },
    {
      ...{ sex: 'male', applicants: 100, selected: 50, scored: 80, aboveMedian: 60 },
      ...{ selectionRate: 0.5, selectionImpactRatio: 1, scoringRate: 0.75, scoringImpactRatio: 1 },
    },
  ])
})

test('a category below 2 % of the data is left out of the ratios, with its numbers and a note', () => {
  const { byEthnicity } = biasTables([
    group('male', 'white', 500, 100),
    group('female', 'asian', 5, 5),
    group('female', 'hispanic-or-latino', 20, 3),
  ])
  const of = (one: string) => byEthnicity.find(({ ethnicity }) => ethnicity === one)
  expect(of('asian')).toMatchObject({ note: 'excluded', applicants: 5, selectionRate: 1 })
  expect(of('asian')).not.toHaveProperty('selectionImpactRatio')
  // The excluded category's rate of 1 is not the highest that others are compared with.
  expect(of('white')).toMatchObject({ selectionRate: 0.2, selectionImpactRatio: 1 })
  expect(of('black-or-african-american')).toEqual({
    ethnicity: 'black-or-african-american',
    applicants: 0,
    selected: 0,
  })
})

test('a few people are not told of, nor what their number could be subtracted from', () => {
  const groups = [
    group('male', 'white', 30, 10),
    group('female', 'white', 20, 10),
    group('male', 'asian', 9, 3),
    group('female', 'asian', 2, 1),
    group('male', 'hispanic-or-latino', 12, 3),
    group('female', 'hispanic-or-latino', 8, 3),
    group('female', null, 7, 1),
  ]
  const { intersectional, byEthnicity, unknown } = biasTables(groups)
  const suppressed = intersectional.filter(({ note }) => note === 'suppressed')
  // Two Asian women; the Asian men would tell of them by the table of ethnicities, and so would all others alone.
  expect(suppressed).toEqual(
    ['hispanic-or-latino', 'asian'].flatMap((ethnicity) => [
      { sex: 'female', ethnicity, note: 'suppressed' },
      { sex: 'male', ethnicity, note: 'suppressed' },
    ]),
  )
  expect(byEthnicity.find(({ ethnicity }) => ethnicity === 'asian')).toMatchObject({ applicants: 11 })
  expect(unknown).toEqual({ sex: 0, ethnicity: 7, intersectional: 7 })
})

test('with a small sex neither is told, nor anything by both: the ethnicities would tell the rest', () => {
  const { bySex, byEthnicity, intersectional, unknown } = biasTables([
    group('male', 'white', 30, 10),
    group('female', 'white', 4, 1),
  ])
  expect(bySex.map(({ note }) => note)).toEqual(['suppressed', 'suppressed'])
  expect(new Set(intersectional.map(({ note }) => note))).toEqual(new Set(['suppressed']))
  expect(byEthnicity).toContainEqual(expect.objectContaining({ ethnicity: 'white', applicants: 34 }))
  expect(unknown).toEqual({ ethnicity: 0 })
})

test('a small ethnicity is hidden with the next smallest ones, until together they are many', () => {
  const { byEthnicity, unknown } = biasTables([
    group('male', 'white', 40, 10),
    group('male', 'asian', 3, 1),
    group('male', 'hispanic-or-latino', 6, 2),
    group('male', 'two-or-more-races', 9, 2),
  ])
  expect(byEthnicity.filter(({ note }) => note === 'suppressed').map(({ ethnicity }) => ethnicity)).toEqual([
    'hispanic-or-latino',
    'asian',
    'two-or-more-races',
  ])
  expect(unknown.ethnicity).toBe(0)
})

test('too few scores are not told of either, nor who they could be subtracted from', () => {
  const { bySex, byEthnicity } = biasTables([
    group('male', 'white', 30, 10, 4, 3),
    group('female', 'white', 30, 10, 30, 10),
  ])
  expect(bySex.map(({ note }) => note)).toEqual(['suppressed', 'suppressed'])
  expect(byEthnicity).toContainEqual(expect.objectContaining({ ethnicity: 'white', scored: 34 }))
})

test('the file has as many columns in each line as in its header', () => {
  const tables = biasTables([group('male', 'white', 30, 10), group('female', 'asian', 3, 1)])
  const csv = biasAuditCsv({
    ...{ companyId: 'c', from: '2026-01-01', to: '2026-12-31', computedAt: '', rule: '', minimumCell: 5 },
    ...tables,
  })
  const lines = csv.split('\r\n').slice(0, -1)
  expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1)
  expect(lines).toHaveLength(1 + 2 + 7 + 14 + 3)
  expect(lines).toContain('sex,2026-01-01,2026-12-31,female,,suppressed,,,,,,,,')
  expect(lines).toContain('ethnicity,2026-01-01,2026-12-31,,black-or-african-american,,0,0,,,,,,')
})
