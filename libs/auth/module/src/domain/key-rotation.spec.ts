import { expect, test } from 'vitest'
import { nextKeyFrom, publishedKeys, signingKey } from './key-rotation.ts'

const now = new Date('2026-03-01T12:00:00Z')
const minute = 60_000
const day = 1440 * minute
const key = (id: string, offset: number) => ({ id, activeFrom: new Date(now.getTime() + offset) })

test('the first key is active at once', () => {
  expect(nextKeyFrom([], now)).toEqual(now)
})

test('a key signs for thirty days; its successor is public an hour before it signs', () => {
  expect(nextKeyFrom([key('a', -30 * day + 61 * minute)], now)).toBeUndefined()
  const next = nextKeyFrom([key('a', -30 * day + 60 * minute)], now)
  expect(next).toEqual(new Date(now.getTime() + 60 * minute))
  const keys = [key('a', -30 * day + 60 * minute), { id: 'b', activeFrom: next ?? now }]
  expect(signingKey(keys, now)?.id).toBe('a')
  expect(publishedKeys(keys, now).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(nextKeyFrom(keys, now)).toBeUndefined()
})

test('after a long pause the old key signs until verifiers know the new one', () => {
  const next = nextKeyFrom([key('a', -300 * day)], now)
  expect(next).toEqual(new Date(now.getTime() + 60 * minute))
})

test('a replaced key stays public until its last token has expired', () => {
  const replaced = (minutesAgo: number) => [key('b', -minutesAgo * minute), key('a', -40 * day)]
  expect(signingKey(replaced(0), now)?.id).toBe('b')
  expect(publishedKeys(replaced(5.9), now).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(publishedKeys(replaced(6), now).map(({ id }) => id)).toEqual(['b'])
})
