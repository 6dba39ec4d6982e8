import { authEvents, Company } from '@cenopie/auth-contract'
import type { Role } from '@cenopie/auth-contract'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloads, person, startAuth } from './people.fixture.ts'
import type { App, Person } from './people.fixture.ts'

let app: App
beforeAll(async () => {
  app = await startAuth()
})
afterAll(() => app.close())

const notFound = { status: 404, body: { code: 'not-found' } }
const forbidden = { status: 403, body: { code: 'forbidden' } }
const lastOwner = { status: 409, body: { code: 'auth.last-owner' } }

async function founded(owner: Person, name = 'Analytical Engines') {
  return Company.parse((await owner.send('POST', '/companies', { name })).body)
}

/** A member without the way through an invitation. */
async function member(companyId: string, role: Role): Promise<Person> {
  const joined = await person(app)
  await app.sql('INSERT INTO members (company_id, user_id, role, joined_at) VALUES ($1, $2, $3, now())', [
    companyId,
    joined.id,
    role,
  ])
  return joined
}

const rolesOf = (companyId: string) =>
  app.sql<{ userId: string; role: Role }>(
    'SELECT user_id AS "userId", role FROM members WHERE company_id = $1 ORDER BY joined_at',
    [companyId],
  )

describe('a company', () => {
  test('belongs to whoever founds it; slugs stay apart', async () => {
    const ada = await person(app)
    const first = await founded(ada, 'Café Söhne')
    const second = await founded(ada, 'Café Söhne')
    expect(first).toMatchObject({ name: 'Café Söhne', slug: 'cafe-sohne', role: 'owner' })
    expect(second.slug).toMatch(/^cafe-sohne-[0-9a-f]{8}$/)
    expect((await ada.send('GET', '/me')).body).toMatchObject({
      memberships: [
        { companyId: first.id, slug: 'cafe-sohne', role: 'owner' },
        { companyId: second.id, role: 'owner' },
      ],
    })
    const { id: companyId, name, slug } = first
    expect(await payloads(app, authEvents.companyCreated, { companyId })).toEqual([
      { companyId, name, slug, ownerId: ada.id },
    ])
    expect(await payloads(app, authEvents.memberJoined, { companyId })).toEqual([
      { companyId, userId: ada.id, role: 'owner' },
    ])
  })

  test('needs a confirmed address, and twenty are enough, also for requests at once', async () => {
    const unconfirmed = await person(app, { verified: false })
    expect(await unconfirmed.send('POST', '/companies', { name: 'Early' })).toMatchObject({
      status: 403,
      body: { code: 'auth.email-unverified' },
    })
    const ada = await person(app)
    await app.sql(
      `WITH c AS (INSERT INTO companies (id, name, slug, created_at)
         SELECT gen_random_uuid(), 'x', gen_random_uuid()::text, now() FROM generate_series(1, 18) RETURNING id)
       INSERT INTO members (company_id, user_id, role, joined_at) SELECT id, $1, 'owner', now() FROM c`,
      [ada.id],
    )
    for (let round = 0; round < 4; round += 1) {
      const found = (index: number) => ada.send('POST', '/companies', { name: `Late ${round} ${index}` })
      const answers = await Promise.all(Array.from({ length: 5 }, (_none, index) => found(index)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409])
      await app.sql(`DELETE FROM companies WHERE name LIKE 'Late %'`)
    }
  })

  test('is renamed by owners and admins, keeps its slug, and its version moves', async () => {
    const ada = await person(app)
    const { id, slug } = await founded(ada, 'Old Name')
    const admin = await member(id, 'admin')
    const recruiter = await member(id, 'recruiter')
    expect(await recruiter.send('PATCH', `/companies/${id}`, { name: 'Mine' })).toMatchObject(forbidden)
    expect(await admin.send('PATCH', `/companies/${id}`, { name: 'New Name' })).toMatchObject({
      status: 200,
      body: { name: 'New Name', slug, role: 'admin' },
    })
    const [renamed] = (await app.published(authEvents.companyRenamed)).filter(
      ({ entity }) => entity.id === id,
    )
    expect(renamed).toMatchObject({
      entity: { id, version: 2 },
      payload: { companyId: id, name: 'New Name', slug },
    })
  })
})

describe('somebody else', () => {
  test('finds nothing of a company, as if it did not exist', async () => {
    const { id } = await founded(await person(app))
    const mallory = await person(app)
    for (const companyId of [id, randomUUID()]) {
      const of = `/companies/${companyId}`
      const invitation = { email: 'mallory@example.com', role: 'owner' }
      expect(await mallory.send('GET', of)).toMatchObject(notFound)
      expect(await mallory.send('PATCH', of, { name: 'Mine' })).toMatchObject(notFound)
      expect(await mallory.send('GET', `${of}/members`)).toMatchObject(notFound)
      expect(await mallory.send('PUT', `${of}/members/${mallory.id}`, { role: 'owner' })).toMatchObject(
        notFound,
      )
      expect(await mallory.send('DELETE', `${of}/members/${randomUUID()}`)).toMatchObject(notFound)
      expect(await mallory.send('POST', `${of}/invitations`, invitation)).toMatchObject(notFound)
      expect(await mallory.send('GET', `${of}/invitations`)).toMatchObject(notFound)
      expect(await mallory.send('DELETE', `${of}/invitations/${randomUUID()}`)).toMatchObject(notFound)
    }
  })
})

describe('members', () => {
  test('are listed page by page, for any of them', async () => {
    const ada = await person(app)
    const { id } = await founded(ada)
    const [second, third] = [await member(id, 'recruiter'), await member(id, 'interviewer')]
    const first = await third.send('GET', `/companies/${id}/members?limit=2`)
    expect(first.body).toMatchObject({
      items: [
        { userId: ada.id, role: 'owner', email: ada.email },
        { userId: second.id, role: 'recruiter' },
      ],
    })
    const { nextCursor } = first.body as { nextCursor: string }
    const rest = await third.send('GET', `/companies/${id}/members?limit=2&cursor=${nextCursor}`)
    expect(rest.body).toEqual({ items: [expect.objectContaining({ userId: third.id, role: 'interviewer' })] })
    expect(await third.send('GET', `/companies/${id}/members?cursor=bad`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'cursor' }] },
    })
  })

  test('get roles from owners, and from admins all but owner', async () => {
    const ada = await person(app)
    const { id } = await founded(ada)
    const [admin, recruiter] = [await member(id, 'admin'), await member(id, 'recruiter')]
    const change = (by: Person, of: Person, role: Role) =>
      by.send('PUT', `/companies/${id}/members/${of.id}`, { role })
    expect(await change(recruiter, recruiter, 'admin')).toMatchObject(forbidden)
    expect(await change(admin, recruiter, 'owner')).toMatchObject(forbidden)
    expect(await change(admin, ada, 'recruiter')).toMatchObject(forbidden)
    expect(await change(admin, recruiter, 'interviewer')).toMatchObject({
      status: 200,
      body: { role: 'interviewer' },
    })
    expect(await change(ada, admin, 'owner')).toMatchObject({ status: 200 })
    expect(await payloads(app, authEvents.memberRoleChanged, { companyId: id })).toEqual([
      { companyId: id, userId: recruiter.id, role: 'interviewer' },
      { companyId: id, userId: admin.id, role: 'owner' },
    ])
  })

  test('leave or are removed, once; a removed one may nothing at once', async () => {
    const ada = await person(app)
    const { id } = await founded(ada)
    const [admin, recruiter] = [await member(id, 'admin'), await member(id, 'recruiter')]
    const remove = (by: Person, of: Person) => by.send('DELETE', `/companies/${id}/members/${of.id}`)
    expect(await remove(recruiter, admin)).toMatchObject(forbidden)
    expect(await remove(admin, ada)).toMatchObject(forbidden)
    expect(await remove(ada, admin)).toMatchObject({ status: 204 })
    expect(await remove(ada, admin)).toMatchObject({ status: 204 })
    expect(await remove(admin, recruiter)).toMatchObject(notFound)
    expect(await remove(recruiter, recruiter)).toMatchObject({ status: 204 })
    expect(await remove(recruiter, recruiter)).toMatchObject({ status: 204 })
    expect(await payloads(app, authEvents.memberRemoved, { companyId: id })).toEqual([
      { companyId: id, userId: admin.id },
      { companyId: id, userId: recruiter.id },
    ])
  })

  test('the only owner neither leaves nor steps down', async () => {
    const ada = await person(app)
    const { id } = await founded(ada)
    expect(await ada.send('DELETE', `/companies/${id}/members/${ada.id}`)).toMatchObject(lastOwner)
    expect(await ada.send('PUT', `/companies/${id}/members/${ada.id}`, { role: 'admin' })).toMatchObject(
      lastOwner,
    )
  })

  test('of owners who leave, step down and remove each other at once, one remains', async () => {
    const ada = await person(app)
    const { id } = await founded(ada)
    const owners = [ada, await member(id, 'owner'), await member(id, 'owner')]
    for (let round = 0; round < 5; round += 1) {
      await app.sql(
        `INSERT INTO members (company_id, user_id, role, joined_at) SELECT $1, unnest($2::uuid[]), 'owner', now()
         ON CONFLICT (company_id, user_id) DO UPDATE SET role = 'owner'`,
        [id, owners.map((owner) => owner.id)],
      )
      const answers = await Promise.all(
        owners.flatMap((owner, index) => [
          owner.send('DELETE', `/companies/${id}/members/${owner.id}`),
          owner.send('PUT', `/companies/${id}/members/${owner.id}`, { role: 'recruiter' }),
          owner.send('DELETE', `/companies/${id}/members/${owners[(index + 1) % 3]?.id}`),
        ]),
      )
      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
      const left = (await rolesOf(id)).filter(({ role }) => role === 'owner')
      expect(left).toHaveLength(1)
    }
  })
})
