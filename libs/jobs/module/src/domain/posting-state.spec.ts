import { expect, test } from 'vitest'
import { defaultExpiry, effectiveState, expiry, mayClose, mayEdit, mayPublish } from './posting-state.ts'

const now = new Date('2026-11-23T12:00:00Z')
const earlier = new Date('2026-11-23T11:59:59Z')
const later = new Date('2026-11-23T12:00:01Z')

test.each([
  ['published', later, 'published'],
  ['published', now, 'expired'],
  ['published', earlier, 'expired'],
  ['draft', earlier, 'draft'],
  ['closed', earlier, 'closed'],
  ['expired', later, 'expired'],
  ['draft', null, 'draft'],
] as const)('%s until %s is %s', (state, expiresAt, expected) => {
  expect(effectiveState({ state, expiresAt }, now)).toBe(expected)
})

test.each([
  ['draft', { edit: true, publish: true, close: false }],
  ['published', { edit: true, publish: false, close: true }],
  ['expired', { edit: false, publish: true, close: false }],
  ['closed', { edit: false, publish: true, close: false }],
] as const)('what may be done with a posting that is %s', (state, may) => {
  expect({ edit: mayEdit(state), publish: mayPublish(state), close: mayClose(state) }).toEqual(may)
})

test('a date must be ahead and within the limit', () => {
  expect(expiry('2026-12-23T12:00:00Z', now, 30)).toEqual(new Date('2026-12-23T12:00:00Z'))
  expect(() => expiry('2026-11-23T12:00:00Z', now, 30)).toThrow('expiresAt: must be in the future')
  expect(() => expiry('2026-12-23T12:00:01Z', now, 30)).toThrow('expiresAt: must be within 30 days')
})

test('without a wish the date that is set stays, unless it has passed', () => {
  expect(defaultExpiry(later, now, 30)).toEqual(later)
  expect(defaultExpiry(earlier, now, 30)).toEqual(new Date('2026-12-23T12:00:00Z'))
  expect(defaultExpiry(null, now, 30)).toEqual(new Date('2026-12-23T12:00:00Z'))
})
