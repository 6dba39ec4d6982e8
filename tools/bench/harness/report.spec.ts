import { expect, test } from 'vitest'
import { measure } from './measure.ts'
import { resultOf, table } from './report.ts'

const rate = { unit: 'requests/s', better: 'more', target: 0.85 } as const
const time = { unit: 'ms', better: 'less', target: 0.9 } as const

test('a result has the fields that the JSON promises', () => {
  expect(resultOf('list-jobs', rate, { ours: [900, 1000, 850], baseline: [1000, 990, 1100] })).toEqual({
    case: 'list-jobs',
    unit: 'requests/s',
    ours: 900,
    baseline: 1000,
    ratio: 0.9,
    target: 0.85,
    holds: true,
  })
})

test('where less is better, taking longer lowers the ratio', () => {
  const result = resultOf('submit-answer', time, { ours: [20], baseline: [10] })
  expect(result).toMatchObject({ ratio: 0.5, holds: false })
})

test('a figure exactly at its target holds, one below does not', () => {
  expect(resultOf('a', rate, { ours: [85], baseline: [100] }).holds).toBe(true)
  expect(resultOf('a', rate, { ours: [84.99], baseline: [100] }).holds).toBe(false)
})

test('the table names what is short of its target', () => {
  const text = table([resultOf('relay', rate, { ours: [10], baseline: [100] })])
  expect(text).toMatch(/relay +requests\/s +10 +100 +0\.10 +≥ 0\.85 +SHORT/)
})

test('the sides take turns at going first, after warming up', async () => {
  const order: string[] = []
  const side = (name: string) => async () => order.push(name)
  const contest = { ours: side('o'), baseline: side('b'), close: async () => undefined }
  const measured = await measure(contest, 3)
  expect(order.join('')).toBe('bo' + 'ob' + 'bo' + 'ob')
  expect(measured).toEqual({ ours: [3, 6, 7], baseline: [4, 5, 8] })
})
