import { expect, test } from 'vitest'
import { keptTakes, neverArrived, takesLeft, takeThatCounts } from './takes.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute))
const take = (number: number, status: 'begun' | 'uploaded' | 'ready' | 'failed' | 'erased') => ({
  number,
  status,
  late: false,
  begunAt: at(number),
  expiresAt: at(59),
  seconds: null,
})

test.each([
  [0, [], 1],
  [1, [take(1, 'begun')], 1],
  [1, [take(1, 'begun'), take(2, 'ready')], 0],
  [0, [take(1, 'failed')], 1],
  [0, [take(1, 'erased')], 0],
  [0, [take(1, 'ready'), take(2, 'ready')], 0],
])('with %i retakes, after %j there are %i left', (retakes, takes, left) => {
  expect(takesLeft(retakes, takes)).toBe(left)
})

test.each([
  ['begun', null, 58, false],
  ['begun', null, 59, true],
  ['uploaded', null, 59, false],
  ['erased', null, 58, false],
  ['erased', null, 59, true],
  ['erased', 30, 59, false],
] as const)('one that is %s, of %s seconds, at minute %i: %s', (status, seconds, minute, never) => {
  expect(neverArrived({ ...take(1, status), seconds }, at(minute))).toBe(never)
})

test.each([
  ['the last that is complete', [take(1, 'ready'), take(2, 'uploaded')], 2],
  ['not one that only began', [take(1, 'ready'), take(2, 'begun')], 1],
  ['not one that failed', [take(2, 'failed'), take(1, 'ready')], 1],
  ['none of those erased', [take(1, 'erased')], undefined],
])('%s counts', (_, takes, number) => {
  expect(takeThatCounts(takes)?.number).toBe(number)
})

test('what was written after it counts instead, a blank text does not', () => {
  const takes = [take(3, 'ready')]
  expect(takeThatCounts(takes, { text: 'Better so.', savedAt: at(9) })).toBeUndefined()
  expect(takeThatCounts(takes, { text: 'First draft.', savedAt: at(1) })?.number).toBe(3)
  expect(takeThatCounts(takes, { text: ' ', savedAt: at(9) })?.number).toBe(3)
})

test.each([
  [
    'all that have arrived until one is ready',
    [take(1, 'uploaded'), take(2, 'begun'), take(3, 'uploaded')],
    [1, 3],
    [],
  ],
  ['the last that is ready', [take(1, 'ready'), take(2, 'uploaded'), take(3, 'ready')], [3], [1, 2]],
  ['what came after it', [take(1, 'ready'), take(2, 'uploaded')], [1, 2], []],
  ['the last that failed', [take(1, 'failed'), take(2, 'uploaded'), take(3, 'failed')], [2, 3], [1]],
  ['none of those erased', [take(1, 'ready'), take(2, 'erased')], [1], []],
  ['none that came late', [take(1, 'uploaded'), { ...take(2, 'failed'), late: true }], [1], []],
])('%s stay', (_, takes, kept, replaced) => {
  const numbers = Object.values(keptTakes(takes)).map((some) => some.map(({ number }) => number))
  expect(numbers).toEqual([kept, replaced])
})
