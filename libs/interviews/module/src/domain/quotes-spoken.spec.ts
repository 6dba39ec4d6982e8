import { expect, test } from 'vitest'
import { verifySpokenQuotes } from './quotes-spoken.ts'
import { spokenText } from './transcript.ts'

/** One word a second, each lasting 0.8 s. */
const spokenOf = (said: string) =>
  spokenText({
    language: 'en',
    words: said.split(' ').map((text, at) => ({ text, start: at, end: at + 0.8 })),
  })
const spoken = spokenOf("then we um cut the latency by forty-two percent and we don't look back")

test.each([
  ['as it stands', 'cut the latency', 'cut the latency', 3, 5.8],
  [
    'with a capital and a full stop',
    'Cut the latency, by forty two percent.',
    'cut the latency by forty-two percent',
    3,
    8.8,
  ],
  [
    'with quotation marks and a typographic apostrophe',
    '“We don’t look back”',
    "we don't look back",
    10,
    13.8,
  ],
  ['over a hesitation', 'We cut the latency', 'we cut the latency', 1, 5.8],
  ['widened to whole words', 'percent and w', 'percent and we', 8, 10.8],
  ['one word', 'Latency!', 'latency', 5, 5.8],
])('finds a quote %s, with its times', (_, text, literal, startSeconds, endSeconds) => {
  const [quote, ...others] = verifySpokenQuotes(spoken, [{ text }])
  expect(others).toEqual([])
  expect(quote).toMatchObject({ text: literal, startSeconds, endSeconds })
  expect(spoken.text.slice(quote?.start, quote?.end)).toBe(literal)
})

test.each([
  'we cut the costs',
  'the cut latency',
  'by forty percent',
  'we um cut',
  'look back again',
  '',
  ' … ',
])('drops %j, which was not said', (text) => {
  expect(verifySpokenQuotes(spoken, [{ text }])).toEqual([])
})

test('keeps one of two quotes of the same words', () => {
  expect(verifySpokenQuotes(spoken, [{ text: 'the latency' }, { text: 'The latency.' }])).toHaveLength(1)
})

test('prefers the words themselves to a part of others', () => {
  const [quote] = verifySpokenQuotes(spokenOf("we can't say so but we can say this"), [{ text: 'We can' }])
  expect(quote).toMatchObject({ text: 'we can', startSeconds: 5 })
})

test('finds a quote of a language that writes no spaces', () => {
  const words = ['我们', '减少', '了', '延迟'].map((text, at) => ({ text, start: at, end: at + 1 }))
  const [quote] = verifySpokenQuotes(spokenText({ language: 'zh', words }), [{ text: '减少 了' }])
  expect(quote).toMatchObject({ startSeconds: 1, endSeconds: 3 })
})

test('times never run backwards where an engine overlaps its words', () => {
  const words = [
    { text: 'first', start: 1, end: 2.5 },
    { text: 'second', start: 2, end: 2.2 },
  ]
  const [quote] = verifySpokenQuotes(spokenText({ language: 'en', words }), [{ text: 'first second' }])
  expect(quote).toMatchObject({ startSeconds: 1, endSeconds: 2.5 })
})
