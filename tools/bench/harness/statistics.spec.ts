import { expect, test } from 'vitest'
import { median, spread } from './statistics.ts'

test.each([
  [[3], 3],
  [[9, 1, 2], 2],
  [[10, 2, 4, 1], 3],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})

test('there is no median of nothing', () => {
  expect(() => median([])).toThrow()
})

test('the spread is half the range as a share of the median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.15)
})
