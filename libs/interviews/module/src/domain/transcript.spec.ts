import { expect, test } from 'vitest'
import { plainWord } from './transcript-word.ts'
import { meanConfidence, spokenText } from './transcript.ts'

const word = (text: string, start: number, confidence?: number) => ({
  text,
  start,
  end: start + 0.5,
  ...(confidence === undefined ? {} : { confidence }),
})

test('the text is its words, each found at its offsets', () => {
  const spoken = spokenText({
    language: 'en-GB',
    words: ['We', 'measured', 'it.'].map((text, at) => word(text, at)),
  })
  expect(spoken.text).toBe('We measured it.')
  expect(spoken.words.map(({ text, from, to }) => [text, spoken.text.slice(from, to)])).toEqual([
    ['We', 'We'],
    ['measured', 'measured'],
    ['it.', 'it.'],
  ])
})

test.each([
  ['en', 'um we uh Um, measured it', 'we measured it'],
  ['de', 'äh wir um haben ähm gemessen', 'wir um haben gemessen'],
  ['xx', 'hm mi uh mezuris', 'mi mezuris'],
])('hesitation in %s does not reach what is scored', (language, said, text) => {
  expect(spokenText({ language, words: said.split(' ').map((text, at) => word(text, at)) }).text).toBe(text)
})

test('no words are an empty text', () => {
  expect(spokenText({ language: 'en', words: [] })).toEqual({ text: '', words: [] })
})

test('longer words weigh more, words without confidence not at all', () => {
  const long = { text: 'long', start: 0, end: 3, confidence: 0.9 }
  const short = { text: 'a', start: 3, end: 4, confidence: 0.1 }
  expect(meanConfidence([long, short, word('silent', 5)])).toBeCloseTo(0.7)
  expect(meanConfidence([{ text: 'x', start: 1, end: 1, confidence: 0.4 }])).toBeCloseTo(0.4)
  expect(meanConfidence([word('silent', 5)])).toBeUndefined()
})

test.each([
  ['“Well,', 'well'],
  ['DON\u2019T!', "don't"],
  ['(40%)', '40'],
  ['—', ''],
  ['Größe.', 'größe'],
])('%s is plainly %s', (text, plain) => {
  expect(plainWord(text)).toBe(plain)
})
