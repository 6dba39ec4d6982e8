import { expect, test } from 'vitest'
import { expiryOf, readGrant, signGrant } from './grant.ts'
import { signature } from './signature.ts'
import { readTicket, signTicket, type Ticket } from './ticket.ts'

const secret = 'a secret of thirty-two characters'
const fileId = '0199f0a0-0000-7000-8000-00000000beef'
const other = '0199f0a0-0000-7000-8000-00000000dead'
const now = Date.UTC(2026, 10, 1, 12)

test('a grant opens its own file until it expires', () => {
  const grant = signGrant(secret, fileId, now + 60_000)
  expect(readGrant(secret, fileId, grant, now)).toEqual({ state: 'good', secondsLeft: 60 })
  expect(readGrant(secret, fileId, grant, now + 60_000)).toEqual({ state: 'expired' })
  expect(readGrant(secret, other, grant, now)).toEqual({ state: 'forged' })
  expect(readGrant(`${secret}.`, fileId, grant, now)).toEqual({ state: 'forged' })
})

test.each([
  ['a later expiry', (grant: string) => `z${grant}`],
  ['another signature', (grant: string) => `${grant.slice(0, -2)}${grant.endsWith('AA') ? 'BB' : 'AA'}`],
  ['no signature', (grant: string) => `${grant.split('.')[0]}.`],
  ['something behind it', (grant: string) => `${grant}.x`],
  ['nothing', () => ''],
])('a grant with %s is forged', (_name, tamper) => {
  expect(readGrant(secret, fileId, tamper(signGrant(secret, fileId, now + 60_000)), now).state).toBe('forged')
})

test('addresses asked for within a quarter of an hour are the same, and last as long as was asked for', () => {
  const expiry = expiryOf(now + 1000, 3600)
  expect(expiryOf(now + 14 * 60_000, 3600)).toBe(expiry)
  expect(expiry).toBeGreaterThanOrEqual(now + 1000 + 3600_000)
})

const ticket: Ticket = {
  ...{ fileId, purpose: 'avatar', maxBytes: 1000, alt: 'Ärmel', expiresAt: now + 1000 },
  owner: { module: 'media', kind: 'user', id: other },
}

test('a ticket is read until it expires', () => {
  const text = signTicket(secret, ticket)
  expect(readTicket(secret, text, now)).toEqual(ticket)
  expect(readTicket(secret, text, now + 1000)).toBeUndefined()
})

test('a ticket that was changed, or signed for something else, is none', () => {
  const [body = '', mac = ''] = signTicket(secret, ticket).split('.')
  const larger = Buffer.from(JSON.stringify({ ...ticket, maxBytes: 1e9 })).toString('base64url')
  expect(readTicket(secret, `${larger}.${mac}`, now)).toBeUndefined()
  expect(readTicket(secret, `${body}.${signature(secret, 'grant', body)}`, now)).toBeUndefined()
  expect(readTicket(secret, `${body}.${mac}.x`, now)).toBeUndefined()
  expect(readTicket(secret, '', now)).toBeUndefined()
})
