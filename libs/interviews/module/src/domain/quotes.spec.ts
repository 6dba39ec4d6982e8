import { expect, test } from 'vitest'
import { verifyQuotes } from './quotes.ts'

const answer =
  'First I said \u201Clet\u2019s measure\u201D.\n\nThen\u00A0we cut latency by 40% \u2014 in two weeks\u2026 😀 Done.'

test('finds a literal quote and gives its offsets in UTF-16 code units', () => {
  const [quote] = verifyQuotes(answer, [{ text: 'Done.' }])
  expect(quote).toEqual({ text: 'Done.', start: answer.length - 5, end: answer.length })
})

test.each([
  ['typographic quotes made plain', `"let's measure".`, '\u201Clet\u2019s measure\u201D.'],
  ['white space folded', 'measure". Then we cut', 'measure\u201D.\n\nThen\u00A0we cut'],
  ['dashes made plain', '40% - in two', '40% \u2014 in two'],
  ['an ellipsis spelled out', 'two weeks... 😀', 'two weeks\u2026 😀'],
  ['surrounding white space', '  we cut latency ', 'we cut latency'],
])('finds a quote with %s and returns the literal slice', (_, text, literal) => {
  const [quote] = verifyQuotes(answer, [{ text }])
  expect(quote?.text).toBe(literal)
  expect(answer.slice(quote?.start, quote?.end)).toBe(literal)
})

test.each(['we doubled revenue', 'WE CUT LATENCY', '', '   ', 'latency by 41%', '\u200B'])(
  'drops %j',
  (text) => {
    expect(verifyQuotes(answer, [{ text }])).toEqual([])
  },
)

test('keeps one of two quotes of the same words', () => {
  expect(verifyQuotes(answer, [{ text: 'we cut' }, { text: ' we cut ' }])).toHaveLength(1)
})

test('a text in characters outside the basic plane keeps its offsets', () => {
  const text = '😀😀 “so” 😀'
  const [quote] = verifyQuotes(text, [{ text: '"so" 😀' }])
  expect(text.slice(quote?.start, quote?.end)).toBe('“so” 😀')
})
