import { expect, test } from 'vitest'
import { storable, verifyAnalysis } from './analysis-result.ts'

const criterion = (id: string, weight = 1) => ({ id, name: id, description: '', indicators: ['x'], weight })
const score = (criterionId: string, value: number, ...quotes: string[]) => ({
  criterionId,
  score: value,
  rationale: 'r',
  quotes: quotes.map((text) => ({ text })),
})
const verify = (...criteria: ReturnType<typeof score>[]) =>
  verifyAnalysis('I did it.', [criterion('a', 2), criterion('b')], { criteria, summary: 's' })

test('scores come in the rubric’s order with its weights, and only with quotes that are there', () => {
  const { scores } = verify(score('b', 0, 'We did it.'), score('a', 4, 'did it', 'did it'))
  expect(scores).toEqual([
    {
      criterionId: 'a',
      weight: 2,
      score: 4,
      rationale: 'r',
      quotes: [{ text: 'did it', start: 2, end: 8 }],
      droppedQuotes: 0,
    },
    { criterionId: 'b', weight: 1, score: 0, rationale: 'r', quotes: [], droppedQuotes: 1 },
  ])
})

test.each([
  ['a criterion is missing', [score('a', 1)]],
  ['one is scored twice', [score('a', 1), score('a', 2)]],
  ['one is unknown', [score('a', 1), score('c', 2)]],
  ['one too many is scored', [score('a', 1), score('b', 2), score('c', 2)]],
  ['a score is above the scale', [score('a', 5), score('b', 2)]],
  ['a score is below it', [score('a', -1), score('b', 2)]],
  ['a score lies between anchors', [score('a', 2.5), score('b', 2)]],
  ['a score is no number', [score('a', Number.NaN), score('b', 2)]],
])('nothing is kept when %s', (_, criteria) => {
  expect(() => verify(...criteria)).toThrow(expect.objectContaining({ reason: 'malformed-result' }))
})

test('what PostgreSQL cannot keep is taken out, also where a cut splits a character', () => {
  expect(storable('a\0b', 10)).toBe('ab')
  expect(storable('ab🚀', 3)).toBe('ab\ufffd')
})
