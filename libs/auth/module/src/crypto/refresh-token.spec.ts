import { expect, test } from 'vitest'
import { deriveKey } from './derive.ts'
import { isGenuine, newSeed, readRefreshToken, refreshToken } from './refresh-token.ts'

const key = deriveKey('one secret', 'refresh')
const session = { id: '0199d1f0-0000-7000-8000-00000000002a', seed: newSeed(), generation: 7 }

test('a token names its session and generation', () => {
  const token = refreshToken(key, session)
  expect(token).toMatch(/^[A-Za-z0-9_-]{70}$/)
  expect(readRefreshToken(token)).toMatchObject({ sessionId: session.id, generation: 7 })
})

test('the same exchange makes the same token', () => {
  expect(refreshToken(key, session)).toBe(refreshToken(key, session))
})

test('a token needs the secret and the seed', () => {
  const genuine = (token: string) => {
    const presented = readRefreshToken(token)
    return presented !== undefined && isGenuine(key, session.seed, presented)
  }
  expect(genuine(refreshToken(key, session))).toBe(true)
  expect(genuine(refreshToken(deriveKey('another secret', 'refresh'), session))).toBe(false)
  expect(genuine(refreshToken(key, { ...session, seed: newSeed() }))).toBe(false)
  const raised = Buffer.from(refreshToken(key, session), 'base64url')
  raised.writeUInt32BE(8, 16)
  expect(genuine(raised.toString('base64url'))).toBe(false)
})

test('what is not a token is not taken apart', () => {
  expect(readRefreshToken('')).toBeUndefined()
  expect(readRefreshToken('A'.repeat(43))).toBeUndefined()
})
