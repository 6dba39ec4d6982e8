import { describe, expect, test } from 'vitest'
import { judgeRefresh, sessionExpiry } from './refresh.ts'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const live = { generation: 4, rotatedAt: ago(10), expiresAt: ago(-3600), revokedAt: null }

describe('a refresh token', () => {
  test.each([
    ['the newest is exchanged', 4, live, 'rotate'],
    ['the one before repeats its answer within the grace', 3, live, 'repeat'],
    ['the grace includes its last moment', 3, { ...live, rotatedAt: ago(30) }, 'repeat'],
    ['the one before ends the session after the grace', 3, { ...live, rotatedAt: ago(30.001) }, 'reuse'],
    ['an older one ends the session at any time', 2, live, 'reuse'],
    ['one that was never given out ends the session', 5, live, 'reuse'],
    ['none works once the session is revoked', 4, { ...live, revokedAt: ago(1) }, 'ended'],
    ['none works once the session has expired', 4, { ...live, expiresAt: now }, 'ended'],
  ] as const)('%s', (_rule, presented, session, verdict) => {
    expect(judgeRefresh(presented, session, now)).toBe(verdict)
  })
})

test('a session in use lasts 180 days at most', () => {
  const day = 86_400
  expect(sessionExpiry(ago(day), now)).toEqual(ago(-30 * day))
  expect(sessionExpiry(ago(170 * day), now)).toEqual(ago(-10 * day))
})
