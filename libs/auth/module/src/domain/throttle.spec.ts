import { expect, test } from 'vitest'
import { admit } from './throttle.ts'

const now = new Date('2026-03-01T12:00:00Z')
const past = (attempts: number, secondsAgo: number) => ({
  attempts,
  lastAt: new Date(now.getTime() - secondsAgo * 1000),
})

test('five attempts are free', () => {
  expect(admit(undefined, now)).toEqual({ admitted: true, attempts: 1 })
  expect(admit(past(4, 0), now)).toEqual({ admitted: true, attempts: 5 })
})

test('the wait doubles with each further attempt', () => {
  expect(admit(past(5, 0), now)).toEqual({ admitted: false, retryAfter: 30 })
  expect(admit(past(5, 30), now)).toEqual({ admitted: true, attempts: 6 })
  expect(admit(past(6, 30), now)).toEqual({ admitted: false, retryAfter: 30 })
})

test('the wait never exceeds fifteen minutes', () => {
  expect(admit(past(500, 0), now)).toEqual({ admitted: false, retryAfter: 900 })
  expect(admit(past(500, 900), now)).toEqual({ admitted: true, attempts: 501 })
})

test('a quiet hour forgets the past', () => {
  expect(admit(past(500, 3600), now)).toEqual({ admitted: true, attempts: 1 })
})
