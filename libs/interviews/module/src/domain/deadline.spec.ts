import { expect, test } from 'vitest'
import { daysAfter, refuseDeadline } from './deadline.ts'

const now = new Date('2026-11-23T12:00:00Z')
const inDays = (days: number) => daysAfter(now, days)

test.each([
  ['later than the present one', inDays(8), inDays(7), undefined],
  ['the same again', inDays(7), inDays(7), undefined],
  ['in the future after one that has passed', inDays(1), inDays(-1), undefined],
  ['earlier than the present one', inDays(6), inDays(7), 'is earlier than the present deadline'],
  ['in the past', inDays(-1), inDays(-2), 'is in the past'],
  ['years away', inDays(400), inDays(7), 'is more than a year away'],
  ['no day of any calendar', new Date('2026-02-31T25:00:00Z'), inDays(7), 'is not a time'],
])('%s: %s', (_, next, present, refusal) => {
  expect(refuseDeadline(next, present, now)).toBe(refusal)
})
