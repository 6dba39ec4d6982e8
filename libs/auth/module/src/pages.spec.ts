import { authEvents, Company } from '@cenopie/auth-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshEmail, lastOf, password, payloads, person, send, signIn, startAuth } from './people.fixture.ts'
import type { App, Person } from './people.fixture.ts'

let app: App
beforeAll(async () => {
  app = await startAuth()
})
afterAll(() => app.close())

const browser = { accept: 'text/html,*/*;q=0.8' }
const open = (path: string) => send(app, 'GET', `/pages${path}`, undefined, browser)
const submit = (path: string, fields: Record<string, string> = {}) => {
  const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }
  return send(app, 'POST', `/pages${path}`, new URLSearchParams(fields).toString(), form)
}
const gone = { status: 410, body: expect.stringContaining('<code>auth.link-expired</code>') }
const unknown = 'A'.repeat(43)

const isVerified = async (email: string) =>
  (await app.sql('SELECT 1 FROM users WHERE email = $1 AND email_verified_at IS NOT NULL', [email])).length >
  0

describe('confirming an address', () => {
  const linkOf = async (email: string) =>
    `/confirm-email/${(await lastOf(app, authEvents.emailVerificationRequested, { email })).token}`

  test('opening the link changes nothing, however often; the button confirms, once', async () => {
    const { email } = await person(app, { verified: false })
    const link = await linkOf(email)
    for (let look = 0; look < 3; look += 1) {
      const { status, body, headers } = await open(link)
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('set-cookie')).toBeNull()
      expect(body).toContain(email)
      expect(body).toContain('<form method="post">')
      expect(await isVerified(email)).toBe(false)
    }
    expect(await submit(link)).toMatchObject({ status: 200, body: expect.stringContaining('is confirmed') })
    expect(await isVerified(email)).toBe(true)
    expect(await payloads(app, authEvents.emailVerified, { email })).toHaveLength(1)
    expect(await submit(link)).toMatchObject(gone)
    expect(await open(link)).toMatchObject(gone)
  })

  test('a link to another address shows that one, escaped', async () => {
    const ada = await person(app)
    const email = freshEmail("o'neil")
    await ada.send('POST', '/email-change', { email, password })
    const link = await linkOf(email)
    const { body } = await open(link)
    expect(body).toContain('o&#39;neil-')
    expect(body).not.toContain("o'neil")
    expect(await submit(link)).toMatchObject({ status: 200 })
    expect((await ada.send('GET', '/me')).body).toMatchObject({ email })
  })

  test('a link of another kind does not open, one that has expired neither', async () => {
    const { email } = await person(app, { verified: false })
    const link = await linkOf(email)
    expect(await open(link.replace('confirm-email', 'reset-password'))).toMatchObject(gone)
    expect(await open(link.replace('confirm-email', 'accept-invitation'))).toMatchObject(gone)
    await app.sql('UPDATE mail_links SET expires_at = now() WHERE email = $1', [email])
    expect(await open(link)).toMatchObject(gone)
    expect(await submit(link)).toMatchObject(gone)
    expect(await isVerified(email)).toBe(false)
  })
})

describe('choosing a new password', () => {
  async function linkFor({ email }: Person): Promise<string> {
    await send(app, 'POST', '/password-reset', { email })
    return `/reset-password/${(await lastOf(app, authEvents.passwordResetRequested, { email })).token}`
  }

  test('opening the link changes nothing; the form sets the password and ends the sessions', async () => {
    const ada = await person(app)
    const link = await linkFor(ada)
    const form = await open(link)
    expect(form.body).toMatch(/<label for="password">.*<input[^>]*id="password"/s)
    expect(form.body).not.toContain(ada.email)
    await signIn(app, ada.email)

    const refused = await submit(link, { password: 'short' })
    expect(refused).toMatchObject({ status: 400, body: expect.stringContaining('password: must NOT') })
    expect(refused.body).not.toContain('short')
    const changed = await submit(link, { password: 'an entirely new one' })
    expect(changed).toMatchObject({ status: 200, body: expect.stringContaining('new password is set') })
    expect(changed.body).not.toContain('an entirely new one')
    await signIn(app, ada.email, 'an entirely new one')
    const old = await send(app, 'POST', '/refresh', { refreshToken: ada.tokens.refreshToken })
    expect(old).toMatchObject({ status: 401, body: { code: 'auth.session-ended' } })
    expect(await submit(link, { password: 'once more, please' })).toMatchObject(gone)
  })
})

describe('accepting an invitation', () => {
  let owner: Person
  beforeAll(async () => {
    owner = await person(app)
  })

  async function invited(email: string, name = 'Engines') {
    const { id } = Company.parse((await owner.send('POST', '/companies', { name })).body)
    await owner.send('POST', `/companies/${id}/invitations`, { email, role: 'recruiter' })
    const { token } = await lastOf(app, authEvents.companyInvitationCreated, { email })
    return { companyId: id, link: `/accept-invitation/${token}` }
  }
  const joined = (userId: string) => payloads(app, authEvents.memberJoined, { userId, role: 'recruiter' })

  test('opening the link changes nothing; address and password join, without a session', async () => {
    const grace = await person(app)
    const { companyId, link } = await invited(grace.email)
    const form = await open(link)
    expect(form.body).toContain('join Engines as recruiter')
    expect(form.body).toMatch(/<label for="email">.*<label for="password">/s)
    // Whoever the link was passed on to does not learn whose it is.
    expect(form.body).not.toContain(grace.email)
    expect(await joined(grace.id)).toEqual([])

    const sessions = () => app.sql('SELECT 1 FROM sessions WHERE user_id = $1', [grace.id])
    const before = await sessions()
    const answer = await submit(link, { email: grace.email.toUpperCase(), password })
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('You have joined Engines') })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await joined(grace.id)).toEqual([{ companyId, userId: grace.id, role: 'recruiter' }])
    expect(await sessions()).toHaveLength(before.length)
    expect(await submit(link, { email: grace.email, password })).toMatchObject(gone)
  })

  test('the rules are those of the operation behind it', async () => {
    const [grace, mallory] = [await person(app, { verified: false }), await person(app)]
    const { link } = await invited(grace.email)
    const attempts = [
      [{ email: mallory.email, password }, 403, 'auth.invitation-for-another-address'],
      [{ email: grace.email, password }, 403, 'auth.email-unverified'],
      [{ email: grace.email, password: 'a wrong password' }, 401, 'auth.wrong-credentials'],
      [{ email: freshEmail('nobody'), password }, 401, 'auth.wrong-credentials'],
    ] as const
    for (const [fields, status, code] of attempts) {
      const page = { status, body: expect.stringContaining(`<code>${code}</code>`) }
      expect(await submit(link, fields)).toMatchObject(page)
    }
    expect(await open(link)).toMatchObject({ status: 200 })
    expect(await joined(grace.id)).toEqual([])
  })

  test('guessing is slowed down together with signing in', async () => {
    const grace = await person(app)
    const { link } = await invited(grace.email)
    const guess = { email: grace.email, password: 'a wrong password' }
    for (let attempt = 0; attempt < 5; attempt += 1) await submit(link, guess)
    const right = { email: grace.email, password }
    const slowed = await submit(link, right)
    expect(slowed).toMatchObject({ status: 429, body: expect.stringContaining('<code>rate-limited</code>') })
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await send(app, 'POST', '/sign-in', right)).toMatchObject({ status: 429 })
  })

  test('without an invitation no password is tried', async () => {
    const grace = await person(app)
    const link = `/accept-invitation/${unknown}`
    for (const secret of [password, 'a wrong password'])
      expect(await submit(link, { email: grace.email, password: secret })).toMatchObject(gone)
    expect(await open(link)).toMatchObject(gone)
  })

  test('a hostile company name stays text', async () => {
    const grace = await person(app)
    const { link } = await invited(grace.email, `</title><script>alert("1")</script>`)
    for (const { body } of [await open(link), await submit(link, { email: grace.email, password })]) {
      expect(body).not.toContain('<script')
      expect(body).toContain('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
    }
  })
})

test('clients of the API get problems where browsers get pages', async () => {
  for (const page of ['confirm-email', 'reset-password', 'accept-invitation']) {
    const answer = await send(app, 'GET', `/pages/${page}/${unknown}`)
    expect(answer).toMatchObject({ status: 410, body: { code: 'auth.link-expired' } })
    expect(await send(app, 'GET', `/pages/${page}/cut-off`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'token' }] },
    })
  }
})
