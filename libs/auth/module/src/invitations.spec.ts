import { authEvents, Company } from '@cenopie/auth-contract'
import type { Role } from '@cenopie/auth-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshEmail, lastOf, payloads, person, startAuth } from './people.fixture.ts'
import type { App, Person } from './people.fixture.ts'

let app: App
let owner: Person
let companyId: string
beforeAll(async () => {
  app = await startAuth()
  owner = await person(app)
  companyId = Company.parse((await owner.send('POST', '/companies', { name: 'Engines' })).body).id
})
afterAll(() => app.close())

const invite = (email: string, role: Role = 'recruiter', by = owner) =>
  by.send('POST', `/companies/${companyId}/invitations`, { email, role })
const tokenFor = async (email: string) =>
  (await lastOf(app, authEvents.companyInvitationCreated, { email })).token
const accept = (by: Person, token: string) => by.send('POST', '/invitations/accept', { token })
const expired = { status: 410, body: { code: 'auth.link-expired' } }

test('an invited person joins with the role; the answer to the inviter holds no token', async () => {
  const grace = await person(app)
  const created = await invite(grace.email.toUpperCase())
  expect(created).toMatchObject({
    status: 201,
    body: { email: grace.email, role: 'recruiter', invitedBy: owner.id },
  })
  const fact = await lastOf(app, authEvents.companyInvitationCreated, { email: grace.email })
  expect(fact).toMatchObject({ companyId, companyName: 'Engines', role: 'recruiter', invitedBy: owner.id })
  expect(JSON.stringify(created.body)).not.toContain(fact.token)
  expect(new Date(fact.expiresAt).getTime() - Date.now()).toBeGreaterThan(6.99 * 24 * 3600 * 1000)

  expect(await accept(grace, fact.token)).toMatchObject({
    status: 200,
    body: { companyId, role: 'recruiter' },
  })
  expect(await payloads(app, authEvents.memberJoined, { userId: grace.id })).toEqual([
    { companyId, userId: grace.id, role: 'recruiter' },
  ])
  expect(await accept(grace, fact.token)).toMatchObject(expired)
  expect(await invite(grace.email)).toMatchObject({ status: 409, body: { code: 'auth.already-member' } })
})

test('nobody else joins with it, and it still works for the invited one', async () => {
  const [grace, mallory] = [await person(app), await person(app)]
  await invite(grace.email)
  const token = await tokenFor(grace.email)
  expect(await accept(mallory, token)).toMatchObject({
    status: 403,
    body: { code: 'auth.invitation-for-another-address' },
  })
  expect(await accept(grace, token)).toMatchObject({ status: 200 })
})

test('the right address must be confirmed', async () => {
  const grace = await person(app, { verified: false })
  await invite(grace.email)
  const refused = await accept(grace, await tokenFor(grace.email))
  expect(refused).toMatchObject({ status: 403, body: { code: 'auth.email-unverified' } })
})

test('accepted several times at once it makes one member', async () => {
  const grace = await person(app)
  await invite(grace.email)
  const token = await tokenFor(grace.email)
  const answers = await Promise.all(Array.from({ length: 5 }, () => accept(grace, token)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410])
  expect(await payloads(app, authEvents.memberJoined, { userId: grace.id })).toHaveLength(1)
})

test('a second invitation of an address replaces the first; a revoked or expired one is gone', async () => {
  const grace = await person(app)
  await invite(grace.email)
  const first = await tokenFor(grace.email)
  const second = await invite(grace.email, 'admin')
  expect(await accept(grace, first)).toMatchObject(expired)
  const { id } = second.body as { id: string }
  const list = async () => (await owner.send('GET', `/companies/${companyId}/invitations`)).body
  expect(await list()).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ id, role: 'admin' })]),
  })
  expect(await owner.send('DELETE', `/companies/${companyId}/invitations/${id}`)).toMatchObject({
    status: 204,
  })
  expect(await owner.send('DELETE', `/companies/${companyId}/invitations/${id}`)).toMatchObject({
    status: 204,
  })
  expect(JSON.stringify(await list())).not.toContain(id)
  expect(await accept(grace, await tokenFor(grace.email))).toMatchObject(expired)

  await invite(grace.email)
  const third = await tokenFor(grace.email)
  await app.sql('UPDATE invitations SET expires_at = now() WHERE email = $1', [grace.email])
  expect(await accept(grace, third)).toMatchObject(expired)
  expect(JSON.stringify(await list())).not.toContain(grace.email)
})

test('owners invite to any role, admins to any but owner, others to none', async () => {
  const [admin, recruiter] = [await person(app), await person(app)]
  for (const [who, role] of [
    [admin, 'admin'],
    [recruiter, 'recruiter'],
  ] as const) {
    await invite(who.email, role)
    await accept(who, await tokenFor(who.email))
  }
  expect(await invite(freshEmail(), 'owner', admin)).toMatchObject({ status: 403 })
  expect(await invite(freshEmail(), 'admin', admin)).toMatchObject({ status: 201 })
  expect(await invite(freshEmail(), 'interviewer', recruiter)).toMatchObject({ status: 403 })
  expect(await recruiter.send('GET', `/companies/${companyId}/invitations`)).toMatchObject({ status: 403 })
})
