import { expect, test } from 'vitest'
import { answerableUntil, isOver, limitsFor, takeExpiry } from './timing.ts'

const shown = new Date('2026-01-01T12:00:00Z')
const at = (seconds: number) => new Date(shown.getTime() + seconds * 1000)
const limits = { thinkSeconds: 60, maxSeconds: 180 }

test('thinking ends after the time to think, writing after the time to speak too', () => {
  expect(answerableUntil(limits, shown)).toEqual({ recordBy: at(60), writeBy: at(240) })
  expect(answerableUntil(limitsFor(limits, 1.5), shown)).toEqual({ recordBy: at(90), writeBy: at(360) })
})

test('no limit, or not shown yet: nothing ends', () => {
  expect(answerableUntil({ ...limits, thinkSeconds: 0 }, shown)).toBeUndefined()
  expect(answerableUntil(limits, undefined)).toBeUndefined()
})

test('a slow line costs nobody their answer', () => {
  expect(isOver(at(60), at(75))).toBe(false)
  expect(isOver(at(60), at(75.001))).toBe(true)
})

test('an upload begins within an hour of the recording, and never after the deadline', () => {
  expect(takeExpiry(limits, at(1e6), shown)).toEqual(at(180 + 3600))
  expect(takeExpiry(limits, at(100), shown)).toEqual(at(100))
})
