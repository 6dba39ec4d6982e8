import { authEvents } from '@cenopie/auth-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirm, lastOf, password, payloads, person, send, signIn, startAuth } from './people.fixture.ts'
import type { App } from './people.fixture.ts'

let app: App
beforeAll(async () => {
  app = await startAuth()
})
afterAll(() => app.close())

const expired = { status: 410, body: { code: 'auth.link-expired' } }
const passTime = (seconds: number) =>
  app.sql(
    `UPDATE mail_links SET created_at = created_at - $1 * interval '1 second', expires_at = expires_at - $1 * interval '1 second'`,
    [seconds],
  )

describe('confirming an address', () => {
  test('works once, and is told once', async () => {
    const ada = await person(app, { verified: false })
    expect((await ada.send('GET', '/me')).body).toMatchObject({ emailVerified: false })
    expect(await confirm(app, ada.email)).toMatchObject({ status: 204 })
    expect(await confirm(app, ada.email)).toMatchObject(expired)
    expect((await ada.send('GET', '/me')).body).toMatchObject({ emailVerified: true })
    expect(await payloads(app, authEvents.emailVerified, { userId: ada.id })).toEqual([
      { userId: ada.id, email: ada.email },
    ])
  })

  test('several at once: one counts', async () => {
    const ada = await person(app, { verified: false })
    await app.idle()
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => confirm(app, ada.email)))).map(
      ({ status }) => status,
    )
    expect(statuses.toSorted()).toEqual([204, 410, 410, 410, 410])
    expect(await payloads(app, authEvents.emailVerified, { userId: ada.id })).toHaveLength(1)
  })

  test('a new link replaces the old one; links expire; nothing is sent twice a minute or once confirmed', async () => {
    const ada = await person(app, { verified: false })
    const sent = () => payloads(app, authEvents.emailVerificationRequested, { userId: ada.id })
    const [first] = await sent()
    await ada.send('POST', '/email-verification')
    expect(await sent()).toHaveLength(1)
    await passTime(61)
    expect(await ada.send('POST', '/email-verification')).toMatchObject({ status: 202 })
    const [, second] = await sent()
    expect(await send(app, 'POST', '/email-verification/confirm', { token: first?.token })).toMatchObject(
      expired,
    )
    await passTime(24 * 3600)
    expect(await send(app, 'POST', '/email-verification/confirm', { token: second?.token })).toMatchObject(
      expired,
    )
    await ada.send('POST', '/email-verification')
    expect(await confirm(app, ada.email)).toMatchObject({ status: 204 })
    await ada.send('POST', '/email-verification')
    expect(await sent()).toHaveLength(3)
  })

  test('only a hash of the token is kept', async () => {
    const ada = await person(app, { verified: false })
    const { token } = await lastOf(app, authEvents.emailVerificationRequested, { userId: ada.id })
    const rows = await app.sql<{ hash: string }>(
      `SELECT encode(token_hash, 'hex') AS hash FROM mail_links WHERE user_id = $1 AND token_hash = sha256($2)`,
      [ada.id, Buffer.from(token)],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('a new password by mail', () => {
  const reset = async (email: string, secret: string) => {
    await send(app, 'POST', '/password-reset', { email })
    const { token } = await lastOf(app, authEvents.passwordResetRequested, { email })
    return { token, answer: await send(app, 'POST', '/password-reset/confirm', { token, password: secret }) }
  }

  test('ends every session, confirms the address, works once', async () => {
    const ada = await person(app, { verified: false })
    const { token, answer } = await reset(ada.email, 'a brand new password')
    expect(answer).toMatchObject({ status: 204 })
    const { refreshToken } = ada.tokens
    expect(await send(app, 'POST', '/refresh', { refreshToken })).toMatchObject({ status: 401 })
    expect(await send(app, 'POST', '/sign-in', { email: ada.email, password })).toMatchObject({ status: 401 })
    await expect(signIn(app, ada.email, 'a brand new password')).resolves.toBeDefined()
    expect((await ada.send('GET', '/me')).body).toMatchObject({ emailVerified: true })
    expect(await payloads(app, authEvents.passwordChanged, { userId: ada.id })).toHaveLength(1)
    const again = await send(app, 'POST', '/password-reset/confirm', { token, password: 'once more, please' })
    expect(again).toMatchObject(expired)
  })

  test('a link to confirm an address sets no password', async () => {
    const ada = await person(app, { verified: false })
    const { token } = await lastOf(app, authEvents.emailVerificationRequested, { userId: ada.id })
    const refused = await send(app, 'POST', '/password-reset/confirm', {
      token,
      password: 'a brand new password',
    })
    expect(refused).toMatchObject(expired)
    expect(await confirm(app, ada.email)).toMatchObject({ status: 204 })
  })
})

describe('a new password with the old one', () => {
  test('ends the other sessions and keeps this one', async () => {
    const ada = await person(app)
    const other = await signIn(app, ada.email)
    const change = { currentPassword: password, newPassword: 'a brand new password' }
    expect(await ada.send('POST', '/password', { ...change, currentPassword: 'wrong' })).toMatchObject({
      status: 401,
    })
    expect(await ada.send('POST', '/password', change)).toMatchObject({ status: 204 })
    const refresh = (refreshToken: string) => send(app, 'POST', '/refresh', { refreshToken })
    expect(await refresh(other.refreshToken)).toMatchObject({ status: 401 })
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ status: 200 })
    expect(await payloads(app, authEvents.passwordChanged, { userId: ada.id })).toHaveLength(1)
  })

  test('an access token of an ended session changes nothing any more', async () => {
    const ada = await person(app)
    await ada.send('POST', '/sign-out')
    const change = { currentPassword: password, newPassword: 'a brand new password' }
    expect(await ada.send('POST', '/password', change)).toMatchObject({ status: 401 })
    await expect(signIn(app, ada.email)).resolves.toBeDefined()
  })
})

describe('input', () => {
  test.each([
    ['a short password', { email: 'a@example.com', password: 'short', name: 'Ada' }, 'password'],
    [
      'the address as password',
      { email: 'ada@example.com', password: 'Ada@example.com', name: 'Ada' },
      'password',
    ],
    ['a name of blanks', { email: 'a@example.com', password, name: '  ' }, 'name'],
    ['no address', { email: 'ada', password, name: 'Ada' }, 'email'],
    ['an unknown field', { email: 'a@example.com', password, name: 'Ada', admin: true }, 'admin'],
  ])('%s is refused by name', async (_name, body, field) => {
    expect(await send(app, 'POST', '/sign-up', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', errors: [{ field }] },
    })
  })
})
