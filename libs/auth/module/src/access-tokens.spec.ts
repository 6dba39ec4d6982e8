import { SignJWT } from 'jose'
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AuthConfig } from './config.ts'
import { person, send, startAuth } from './people.fixture.ts'
import type { App, Person } from './people.fixture.ts'
import { createKeyring } from './tokens/keyring.ts'
import type { Keyring } from './tokens/keyring.ts'

let app: App
let ada: Person
let keyring: Keyring
beforeAll(async () => {
  app = await startAuth()
  ada = await person(app)
  keyring = createKeyring(app.platform.database('auth'), AuthConfig.parse({}).secret)
})
afterAll(() => app.close())

const seconds = () => Math.floor(Date.now() / 1000)
const claims = () => ({
  iss: 'http://cenopie.test',
  aud: 'cenopie',
  sub: ada.id,
  sid: randomUUID(),
  email_verified: true,
  memberships: {},
  iat: seconds(),
  exp: seconds() + 300,
})
const me = (token: string) => app.http({ method: 'GET', url: '/api/v1/auth/me', token })
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const refused = { status: 401, body: { code: 'unauthenticated' } }

async function publicKeys(): Promise<{ kid: string; x: string }[]> {
  return ((await send(app, 'GET', '/jwks')).body as { keys: { kid: string; x: string }[] }).keys
}

describe('an access token', () => {
  test('of our key with all claims is accepted', async () => {
    expect(await me(await keyring.sign(claims(), new Date()))).toMatchObject({
      status: 200,
      body: { id: ada.id },
    })
  })

  const without = (claim: string) =>
    Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== claim))

  test.each([
    ['expired', () => ({ ...claims(), exp: seconds() - 60, iat: seconds() - 360 })],
    ['for another audience', () => ({ ...claims(), aud: 'elsewhere' })],
    ['of another issuer', () => ({ ...claims(), iss: 'http://elsewhere.test' })],
    ['of nobody', () => without('sub')],
    ['without an end', () => without('exp')],
  ])('%s is refused', async (_what, changed) => {
    expect(await me(await keyring.sign(changed(), new Date()))).toMatchObject(refused)
  })

  test('without signature, with a shared secret, or of a foreign key is refused', async () => {
    const [key] = await publicKeys()
    const unsigned = `${encoded({ alg: 'none', kid: key?.kid })}.${encoded(claims())}.`
    const head = `${encoded({ alg: 'HS256', kid: key?.kid })}.${encoded(claims())}`
    const shared = `${head}.${createHmac('sha256', key?.x ?? '')
      .update(head)
      .digest('base64url')}`
    const { privateKey } = generateKeyPairSync('ed25519')
    const foreign = (kid: string) =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey)
    for (const token of [
      unsigned,
      shared,
      await foreign(key?.kid ?? ''),
      await foreign('unknown'),
      'x.y.z',
    ]) {
      expect(await me(token)).toMatchObject(refused)
    }
  })

  test('with other claims than were signed is refused', async () => {
    const [head, , signature] = ada.tokens.accessToken.split('.')
    expect(await me(`${head}.${encoded({ ...claims(), sub: randomUUID() })}.${signature}`)).toMatchObject(
      refused,
    )
  })
})

describe('signing keys', () => {
  test('are public with their public half alone, and sealed in the database', async () => {
    const [key] = await publicKeys()
    expect(Object.keys(key ?? {}).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    const [row] = await app.sql<{ sealed: string }>(
      `SELECT encode(private_key, 'escape') AS sealed FROM signing_keys`,
    )
    expect(row?.sealed).not.toContain('PRIVATE KEY')
  })

  test('processes that start at once make one key', async () => {
    const database = app.platform.database('auth')
    await app.sql('DELETE FROM signing_keys')
    const rings = Array.from({ length: 4 }, () => createKeyring(database, AuthConfig.parse({}).secret))
    await Promise.all(rings.map((ring) => ring.rotate(new Date())))
    expect(await app.sql('SELECT id FROM signing_keys')).toHaveLength(1)
  })

  test('the next one is public before it signs, and the old one until its tokens have expired', async () => {
    await keyring.rotate(new Date())
    const database = app.platform.database('auth')
    const fresh = () => createKeyring(database, AuthConfig.parse({}).secret)
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    const kidOf = async (when: Date) => {
      const token = await fresh().sign(claims(), when)
      return (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string })
        .kid
    }
    const kids = async (when: Date) => (await fresh().publicKeys(when)).map(({ kid }) => kid)
    const old = await kidOf(new Date())
    const month = 30 * 24 * 60
    await fresh().rotate(at(month - 61))
    expect(await kids(at(month - 61))).toEqual([old])
    await fresh().rotate(at(month - 59))
    const both = await kids(at(month - 59))
    expect(both).toHaveLength(2)
    expect(await kidOf(at(month - 58))).toBe(old)
    const next = await kidOf(at(month + 2))
    expect(both).toEqual([old, next])
    expect(await kids(at(month + 5))).toEqual([old, next])
    expect(await kids(at(month + 8))).toEqual([next])
    await fresh().rotate(at(month + 8))
    expect(await app.sql('SELECT id FROM signing_keys')).toEqual([{ id: next }])
  })

  test('another secret makes a key of its own; tokens of the old one stay good', async () => {
    await app.sql('DELETE FROM signing_keys')
    const database = app.platform.database('auth')
    const before = createKeyring(database, 'the first secret of this deployment')
    const now = new Date()
    await before.sign(claims(), now)
    const after = createKeyring(database, 'the second secret of this deployment')
    await expect(after.sign(claims(), now)).resolves.toBeDefined()
    expect(await after.publicKeys(now)).toHaveLength(2)
  })
})
