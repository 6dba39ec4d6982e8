import { expect, test } from 'vitest'
import { inForce, weightedMean } from './scoring.ts'

test('criteria count by their weight, to two decimals', () => {
  expect(
    weightedMean([
      { score: 4, weight: 2 },
      { score: 1, weight: 1 },
    ]),
  ).toBe(3)
  expect(
    weightedMean([
      { score: 1, weight: 1 },
      { score: 0, weight: 2 },
    ]),
  ).toBe(0.33)
})

test('nothing scored is no score, which is not zero', () => {
  expect(weightedMean([])).toBeUndefined()
  expect(weightedMean([{ score: 0, weight: 5 }])).toBe(0)
})

test('a person’s score counts in place of the analyst’s, zero too', () => {
  expect(inForce({ score: 3, weight: 2, override: 0 })).toEqual({ score: 0, weight: 2 })
  expect(inForce({ score: 3, weight: 2, override: null })).toEqual({ score: 3, weight: 2 })
})
