import { expect, test } from 'vitest'
import { spokenTime, takesLeftText } from './wording.ts'

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [60, '1 minute'],
  [90, '1 minute 30 seconds'],
  [-3, '0 seconds'],
])('%i seconds are %s', (seconds, words) => {
  expect(spokenTime(seconds)).toBe(words)
})

test('tries are counted in words', () => {
  expect([0, 1, 3].map(takesLeftText)).toEqual([
    'You have no more tries.',
    'You have one try.',
    'You have 3 tries; the last one that arrives counts.',
  ])
})
