import { anonymous, service } from '@cenopie/platform-contract'
import { internalTokens } from '@cenopie/platform-runtime'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createNotes, notesContract } from './fixture/notes.ts'
import { testModule, userActor } from './index.ts'
import type { TestModule } from './index.ts'
import { testIssuer } from './tokens.ts'

const secret = 'cenopie-development'
const tokens = internalTokens(secret, 'other')
const header = 'x-cenopie-internal'
let app: TestModule<typeof notesContract>

beforeAll(async () => {
  app = await testModule(createNotes(), { platform: { internalSecretPrevious: 'the secret of last month' } })
})
afterAll(() => app.close())
afterEach(() => void vi.useRealTimers())

const inside = '/internal/v1/notes/count'
const outside = '/api/v1/notes'
const count = (headers: Record<string, string>) => app.http({ method: 'GET', url: inside, headers })
const write = (headers: Record<string, string>) =>
  app.http({ method: 'POST', url: outside, body: { text: 'a' }, headers })

interface Given {
  secret?: string
  audience?: string
  expires?: string | number
  type?: string
  claims?: object
  algorithm?: string
}
const forged = (given: Given = {}) =>
  new SignJWT({ actor: service('other'), ...given.claims })
    .setProtectedHeader({ alg: given.algorithm ?? 'HS256', typ: given.type ?? 'internal+jwt' })
    .setIssuer('other')
    .setAudience(given.audience ?? 'internal:notes')
    .setExpirationTime(given.expires ?? '30s')
    .sign(new TextEncoder().encode(given.secret ?? secret))

test('a good token says who calls and for whom', async () => {
  expect(await count({ [header]: await forged() })).toMatchObject({
    status: 200,
    body: { calledBy: 'service' },
  })
  const person = tokens.sign('notes', userActor())
  expect(await count({ [header]: person })).toMatchObject({ body: { calledBy: 'user' } })
  expect(await write({ [header]: person })).toMatchObject({ status: 201 })
})

test.each<[string, () => Promise<string> | string]>([
  ['of another secret', () => forged({ secret: 'not the secret of anybody' })],
  ['for another module', () => forged({ audience: 'internal:users' })],
  ['for people', () => forged({ audience: 'cenopie' })],
  ['that has expired', () => forged({ expires: 1 })],
  ['of another type', () => forged({ type: 'JWT' })],
  ['of another algorithm', () => forged({ algorithm: 'HS512' })],
  ['without an actor', () => forged({ claims: { actor: { kind: 'operator' } } })],
  [
    'without a signature',
    () =>
      new UnsecuredJWT({ actor: anonymous }).setAudience('internal:notes').setExpirationTime('30s').encode(),
  ],
  [
    'with another content',
    async () => {
      const [head, , signature] = (await forged()).split('.')
      return [head, (await forged({ claims: { actor: userActor() } })).split('.')[1], signature].join('.')
    },
  ],
  ['of a person', async () => (await testIssuer('http://cenopie.test')).sign(userActor())],
  ['that is none', () => 'none'],
  ['that is empty', () => ''],
  ['beyond any length', () => 'x'.repeat(15_000)],
])('a token %s opens nothing', async (_name, make) => {
  const token = await make()
  for (const answer of [await count({ [header]: token }), await write({ [header]: token })]) {
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    expect(JSON.stringify(answer.body)).not.toContain('signature')
  }
})

test('what is inside does not exist for people', async () => {
  expect(await count({})).toMatchObject({ status: 404 })
  expect(await app.http({ method: 'GET', url: inside, actor: userActor() })).toMatchObject({ status: 404 })
  const bearer = { authorization: `Bearer ${tokens.sign('notes', userActor())}` }
  expect(await count(bearer)).toMatchObject({ status: 404 })
  expect(await write(bearer)).toMatchObject({ status: 401 })
})

test('a token that was good is refused half a minute later', async () => {
  const token = tokens.sign('notes', service('replayed'))
  expect(await count({ [header]: token })).toMatchObject({ status: 200 })
  vi.useFakeTimers({ now: Date.now() + 31_000, toFake: ['Date'] })
  for (let number = 0; number < 2; number += 1)
    expect(await count({ [header]: token })).toMatchObject({ status: 401 })
})

test('calls for one actor share a token for a while, each module its own', () => {
  const actor = service('sharing')
  const first = tokens.sign('notes', actor)
  expect(tokens.sign('notes', actor)).toBe(first)
  expect(tokens.sign('users', actor)).not.toBe(first)
  vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] })
  expect(tokens.sign('notes', actor)).not.toBe(first)
})

test('secrets change over in turn: the previous one is accepted, and never signed with', async () => {
  const behind = internalTokens('the secret of last month', 'other')
  expect(await count({ [header]: behind.sign('notes', anonymous) })).toMatchObject({ status: 200 })
  const ahead = internalTokens('the next secret', 'other', secret)
  await expect(ahead.verify(await forged(), 'notes')).resolves.toMatchObject({ kind: 'service' })
  expect(await count({ [header]: ahead.sign('notes', anonymous) })).toMatchObject({ status: 401 })
})
