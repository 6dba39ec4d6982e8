import { expect, test } from 'vitest'
import { handleName, label, line, prose, yearMonth } from './fields.ts'

test.each([
  ['line', line(10), ['', 'Zoë 😀'], ['a\nb', 'a\u0000', '\ud83d', 'x'.repeat(11)]],
  ['label', label(10), ['a', ' a '], ['', '   ', '\n', 'a\tb']],
  ['prose', prose(10), ['', 'a\n\tb'], ['a\u0000', '\ude00']],
  [
    'year-month',
    yearMonth,
    ['1999-12', '2026-01'],
    ['2026-13', '2026-00', '2026-1', '1899-01', '2026-01-01'],
  ],
  ['handle', handleName, ['ada', 'a-1-b'], ['Ada', '-ada', 'ada-', 'a--b', 'ad', 'a b']],
] as const)('%s accepts and refuses', (_name, schema, good, bad) => {
  for (const text of good) expect(schema.safeParse(text).success, JSON.stringify(text)).toBe(true)
  for (const text of bad) expect(schema.safeParse(text).success, JSON.stringify(text)).toBe(false)
})

test('a label is refused in time linear in what was sent', () => {
  const long = ' '.repeat(200_000) + '\n'
  expect(label(10).safeParse(long).success).toBe(false)
})
