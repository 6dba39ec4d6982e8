import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault, faults } from '@cenopie/platform-contract'
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import { beforeAll, expect, test, vi } from 'vitest'
import { accessTokenVerifier, audience } from './access-token.ts'
import { localKeys, remoteKeys } from './keys.ts'

const issuer = 'http://issuer.test'
let privateKey: CryptoKey
let publicKey: CryptoKey
let jwk: JWK

beforeAll(async () => {
  ;({ privateKey, publicKey } = await generateKeyPair('EdDSA'))
  jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }
})

interface Given {
  issuer?: string
  audience?: string
  expires?: string | number
  claims?: Record<string, unknown>
  kid?: string
}
const token = (given: Given = {}) =>
  new SignJWT({ sid: randomUUID(), email_verified: true, ...given.claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: given.kid ?? 'one' })
    .setSubject(randomUUID())
    .setIssuer(given.issuer ?? issuer)
    .setAudience(given.audience ?? audience)
    .setExpirationTime(given.expires ?? '5m')
    .sign(privateKey)
const verifier = () =>
  accessTokenVerifier(
    localKeys(() => Promise.resolve([jwk])),
    issuer,
  )

test('a good token names its person', async () => {
  expect(await verifier()(await token())).toMatchObject({
    kind: 'user',
    emailVerified: true,
    memberships: {},
  })
})

test.each<[string, () => Promise<string> | string]>([
  ['of another issuer', () => token({ issuer: 'http://elsewhere.test' })],
  ['for another audience', () => token({ audience: 'internal:notes' })],
  ['that has expired', () => token({ expires: 1 })],
  ['without a session', () => token({ claims: { sid: 'x' } })],
  ['with memberships of another form', () => token({ claims: { memberships: ['owner'] } })],
  ['of a key that nobody knows', () => token({ kid: 'two' })],
  ['without a signature', () => new UnsecuredJWT({}).setIssuer(issuer).setExpirationTime('5m').encode()],
  [
    'signed with our public key as if it were a secret',
    async () =>
      new SignJWT({ sid: randomUUID(), email_verified: true })
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .setSubject(randomUUID())
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode(await exportSPKI(publicKey))),
  ],
  ['with another signature', async () => `${(await token()).split('.').slice(0, 2).join('.')}.AAAA`],
  ['that is none', () => 'none'],
  ['of dots', () => '..'],
  ['with a header that is no JSON', () => '!!.e30.AAAA'],
  ['with a header that is null', () => 'bnVsbA.e30.AAAA'],
  [
    'with a critical header',
    () => `${Buffer.from('{"alg":"EdDSA","crit":["x"]}').toString('base64url')}.e30.AAAA`,
  ],
  ['beyond any length', () => 'x'.repeat(10_000)],
])('a token %s is refused', async (_name, forged) => {
  await expect((async () => verifier()(await forged()))()).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a remembered token is refused once it has expired', async () => {
  const verify = verifier()
  const brief = await token()
  await verify(brief)
  vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] })
  expect(() => verify(brief)).toThrow(Fault)
  vi.useRealTimers()
})

test('forged key ids do not make us ask the issuer again and again', async () => {
  const load = vi.fn(() => Promise.resolve([jwk]))
  const verify = accessTokenVerifier(localKeys(load), issuer)
  await verify(await token())
  const forged = await token({ kid: 'two' })
  await Promise.allSettled(Array.from({ length: 50 }, () => (async () => verify(forged))()))
  expect(load.mock.calls.length).toBeLessThanOrEqual(2)
})

test('while the keys cannot be read nobody is told that their token is bad', async () => {
  const away = () => Promise.reject(new Fault(faults.unavailable))
  const verify = accessTokenVerifier(localKeys(away), issuer)
  await expect(verify(await token())).rejects.toMatchObject({ code: 'unavailable' })
})

test.each([503, 200])('an issuer that answers %s and no keys is unavailable', async (status) => {
  const server = createServer((_request, response) => void response.writeHead(status).end('<html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
  const verify = accessTokenVerifier(remoteKeys(url), issuer)
  await expect(verify(await token())).rejects.toMatchObject({ code: 'unavailable' })
  server.closeAllConnections()
  server.close()
})
