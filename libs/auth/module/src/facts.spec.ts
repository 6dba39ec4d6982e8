import { authEvents } from '@cenopie/auth-contract'
import { serviceCall } from '@cenopie/platform-testing'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshEmail, password, payloads, person, send, startAuth } from './people.fixture.ts'
import type { App } from './people.fixture.ts'

let app: App
beforeAll(async () => {
  app = await startAuth()
})
afterAll(() => app.close())

/** Makes every insert into a table fail while `work` runs. */
async function withBroken<T>(table: string, condition: string, work: () => Promise<T>): Promise<T> {
  await app.sql(
    `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`,
  )
  await app.sql(
    `CREATE TRIGGER broken BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION broken()`,
  )
  try {
    return await work()
  } finally {
    await app.sql(`DROP FUNCTION broken CASCADE`)
  }
}

describe('a change and its fact', () => {
  test('a sign-up whose fact cannot be written leaves no account', async () => {
    const email = freshEmail()
    const answer = await withBroken('outbox_entry', `NEW.name = 'auth.user-registered'`, () =>
      send(app, 'POST', '/sign-up', { email, password, name: 'Ada' }),
    )
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(await app.sql('SELECT 1 FROM users WHERE email = $1', [email])).toEqual([])
  })

  test('a company whose owner cannot be written is told to nobody', async () => {
    const ada = await person(app)
    const answer = await withBroken('members', 'true', () =>
      ada.send('POST', '/companies', { name: 'Broken' }),
    )
    expect(answer).toMatchObject({ status: 500 })
    expect(await app.sql(`SELECT 1 FROM companies WHERE name = 'Broken'`)).toEqual([])
    expect(await payloads(app, authEvents.companyCreated, { ownerId: ada.id })).toEqual([])
  })

  test('a reset whose fact cannot be written keeps password, link and sessions', async () => {
    const ada = await person(app)
    await send(app, 'POST', '/password-reset', { email: ada.email })
    const [link] = await payloads(app, authEvents.passwordResetRequested, { email: ada.email })
    const attempt = () =>
      send(app, 'POST', '/password-reset/confirm', { token: link?.token, password: 'a brand new password' })
    const failed = await withBroken('outbox_entry', `NEW.name = 'auth.password-changed'`, attempt)
    expect(failed).toMatchObject({ status: 500 })
    const { refreshToken } = ada.tokens
    expect(await send(app, 'POST', '/refresh', { refreshToken })).toMatchObject({ status: 200 })
    expect(await attempt()).toMatchObject({ status: 204 })
  })
})

describe('other modules', () => {
  const call = () => serviceCall('jobs')

  test('look up people, companies and members', async () => {
    const ada = await person(app)
    const company = (await ada.send('POST', '/companies', { name: 'Engines' })).body as { id: string }
    await expect(app.client.getUser({ userId: ada.id }, call())).resolves.toEqual({
      id: ada.id,
      email: ada.email,
      name: 'Ada Lovelace',
      emailVerified: true,
    })
    const { id: companyId } = company
    await expect(app.client.getCompany({ companyId }, call())).resolves.toEqual({
      id: companyId,
      name: 'Engines',
      slug: 'engines',
    })
    await expect(app.client.listMembers({ companyId }, call())).resolves.toEqual({
      items: [{ userId: ada.id, role: 'owner', name: 'Ada Lovelace', email: ada.email }],
    })
    const nothing = { code: 'not-found' }
    await expect(app.client.getUser({ userId: randomUUID() }, call())).rejects.toMatchObject(nothing)
    await expect(app.client.getCompany({ companyId: randomUUID() }, call())).rejects.toMatchObject(nothing)
    await expect(app.client.listMembers({ companyId: randomUUID() }, call())).rejects.toMatchObject(nothing)
  })
})
