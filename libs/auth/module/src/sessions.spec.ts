import { authEvents, Tokens } from '@cenopie/auth-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password, payloads, person, personWith, send, signIn, startAuth } from './people.fixture.ts'
import type { App, TokenPair } from './people.fixture.ts'

let app: App
beforeAll(async () => {
  app = await startAuth()
})
afterAll(() => app.close())

const refresh = (refreshToken: string) => send(app, 'POST', '/refresh', { refreshToken })
const exchanged = async ({ refreshToken }: TokenPair) => Tokens.parse((await refresh(refreshToken)).body)
const ended = { status: 401, body: { code: 'auth.session-ended' } }
const passTime = (sessionId: string, seconds: number) =>
  app.sql(`UPDATE sessions SET rotated_at = rotated_at - $2 * interval '1 second' WHERE id = $1`, [
    sessionId,
    seconds,
  ])

describe('exchanging refresh tokens', () => {
  test('gives a new pair for the same session, with what is true by then', async () => {
    const ada = await person(app)
    await ada.send('POST', '/companies', { name: 'Analytical Engines' })
    const next = await exchanged(ada.tokens)
    expect(next.sessionId).toBe(ada.tokens.sessionId)
    expect(next.refreshToken).not.toBe(ada.tokens.refreshToken)
    const claims = JSON.parse(Buffer.from(next.accessToken.split('.')[1] ?? '', 'base64url').toString())
    const [company] = await payloads(app, authEvents.companyCreated, { ownerId: ada.id })
    expect(claims).toEqual({
      iss: 'http://cenopie.test',
      aud: 'cenopie',
      sub: ada.id,
      sid: next.sessionId,
      email_verified: true,
      memberships: { [company?.companyId ?? '']: 'owner' },
      iat: expect.any(Number),
      exp: claims.iat + 300,
    })
  })

  test('two tabs that exchange the same token at once get the same successor', async () => {
    let { tokens } = await person(app)
    for (let round = 0; round < 4; round += 1) {
      const pairs = await Promise.all(Array.from({ length: 6 }, () => exchanged(tokens)))
      expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(1)
      tokens = pairs[0] ?? tokens
    }
  })

  test('a used token that comes back after the grace ends the session for thief and owner', async () => {
    const { tokens } = await person(app)
    const stolen = tokens.refreshToken
    const next = await exchanged(tokens)
    await passTime(tokens.sessionId, 31)
    expect(await refresh(stolen)).toMatchObject(ended)
    expect(await refresh(next.refreshToken)).toMatchObject(ended)
  })

  test('an older one ends the session at once', async () => {
    const { tokens } = await person(app)
    const last = await exchanged(await exchanged(tokens))
    expect(await refresh(tokens.refreshToken)).toMatchObject(ended)
    expect(await refresh(last.refreshToken)).toMatchObject(ended)
  })

  test('other sessions of the person go on', async () => {
    const ada = await person(app)
    const other = await signIn(app, ada.email)
    await exchanged(await exchanged(ada.tokens))
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject(ended)
    expect(await refresh(other.refreshToken)).toMatchObject({ status: 200 })
  })

  test('a forged token neither works nor ends the session it names', async () => {
    const { tokens } = await person(app)
    const forged = Buffer.from(tokens.refreshToken, 'base64url')
    forged.writeUInt8(forged.readUInt8(51) ^ 1, 51)
    expect(await refresh(forged.toString('base64url'))).toMatchObject(ended)
    const raised = Buffer.from(tokens.refreshToken, 'base64url')
    raised.writeUInt32BE(7, 16)
    expect(await refresh(raised.toString('base64url'))).toMatchObject(ended)
    expect(await refresh(tokens.refreshToken)).toMatchObject({ status: 200 })
  })

  test('an expired session ends', async () => {
    const { tokens } = await person(app)
    await app.sql('UPDATE sessions SET expires_at = now() WHERE id = $1', [tokens.sessionId])
    expect(await refresh(tokens.refreshToken)).toMatchObject(ended)
  })

  test('the database holds no refresh token', async () => {
    const { tokens } = await person(app)
    const [row] = await app.sql<{ text: string }>('SELECT s::text AS text FROM sessions s WHERE id = $1', [
      tokens.sessionId,
    ])
    const proof = Buffer.from(tokens.refreshToken, 'base64url').subarray(20).toString('hex')
    expect(row?.text).not.toContain(proof)
    expect(row?.text).not.toContain(tokens.refreshToken)
  })
})

describe('sessions', () => {
  test('are listed with the current one marked, and revoked one by one or all others at once', async () => {
    const ada = await person(app)
    const [second, third] = [await signIn(app, ada.email), await signIn(app, ada.email)]
    expect((await ada.send('GET', '/sessions')).body).toMatchObject({
      items: [
        { id: third.sessionId, current: false },
        { id: second.sessionId, current: false },
        { id: ada.tokens.sessionId, current: true },
      ],
    })
    expect(await ada.send('DELETE', `/sessions/${second.sessionId}`)).toMatchObject({ status: 204 })
    expect(await refresh(second.refreshToken)).toMatchObject(ended)
    expect(await refresh(third.refreshToken)).toMatchObject({ status: 200 })
    expect(await ada.send('DELETE', '/sessions')).toMatchObject({ status: 204 })
    expect(await refresh(third.refreshToken)).toMatchObject(ended)
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ status: 200 })
    expect((await ada.send('GET', '/sessions')).body).toMatchObject({ items: [{ id: ada.tokens.sessionId }] })
  })

  test('of others are not found and go on', async () => {
    const [ada, mallory] = [await person(app), await person(app)]
    expect(await mallory.send('DELETE', `/sessions/${ada.tokens.sessionId}`)).toMatchObject({ status: 404 })
    await mallory.send('DELETE', '/sessions')
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ status: 200 })
  })

  test('end by signing out, also twice', async () => {
    const ada = await person(app)
    expect(await ada.send('POST', '/sign-out')).toMatchObject({ status: 204 })
    expect(await ada.send('POST', '/sign-out')).toMatchObject({ status: 204 })
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject(ended)
  })

  test('beyond fifty end the one seen least lately', async () => {
    const ada = await person(app)
    await app.sql(
      `INSERT INTO sessions (id, user_id, seed, rotated_at, created_at, last_seen_at, expires_at)
       SELECT gen_random_uuid(), user_id, seed, now(), now(), now() + n * interval '1 second', expires_at
       FROM sessions, generate_series(1, 49) AS n WHERE id = $1`,
      [ada.tokens.sessionId],
    )
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ status: 200 })
    await app.sql(`UPDATE sessions SET last_seen_at = now() - interval '1 minute' WHERE id = $1`, [
      ada.tokens.sessionId,
    ])
    await signIn(app, ada.email)
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject(ended)
  })
})

describe('a sign-in from a new device', () => {
  test('is told, but not the first one, and not a known one', async () => {
    const ada = await person(app)
    const known = 'node'
    const from = (userAgent: string) =>
      send(app, 'POST', '/sign-in', { email: ada.email, password }, { 'user-agent': userAgent })
    const told = () => payloads(app, authEvents.signedInFromNewDevice, { userId: ada.id })
    expect(await told()).toEqual([])
    await from(`${known}/1`)
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0'
    await from(firefox)
    await from(firefox.replaceAll('144', '145'))
    expect(await told()).toEqual([
      expect.objectContaining({ userId: ada.id, email: ada.email, userAgent: firefox, address: '127.0.0.1' }),
    ])
    const tokens = Tokens.parse((await from(firefox)).body)
    const { body } = await personWith(app, ada.id, ada.email, tokens).send('GET', '/sessions')
    expect(body).toMatchObject({
      items: [{ device: 'Firefox on Linux', address: '127.0.0.1' }, {}, {}, {}, {}],
    })
  })
})
