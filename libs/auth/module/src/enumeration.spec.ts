import { authEvents } from '@cenopie/auth-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  confirm,
  freshEmail,
  password,
  payloads,
  person,
  send,
  signIn,
  startAuth,
  visible,
} from './people.fixture.ts'
import type { App } from './people.fixture.ts'

let app: App
beforeAll(async () => {
  app = await startAuth()
})
afterAll(() => app.close())

test('signing up with a known address answers as with a new one; the account stays and its owner is told', async () => {
  const known = await person(app)
  const attempt = { password: 'another password', name: 'Mallory' }
  const again = await send(app, 'POST', '/sign-up', { ...attempt, email: known.email.toUpperCase() })
  const fresh = await send(app, 'POST', '/sign-up', { ...attempt, email: freshEmail() })
  expect(visible(again)).toEqual(visible(fresh))
  expect([...again.headers.keys()]).toEqual([...fresh.headers.keys()])
  expect(fresh).toMatchObject({ status: 202, body: { next: 'check-your-mail' } })
  expect(await payloads(app, authEvents.signUpRepeated)).toEqual([
    { userId: known.id, email: known.email, name: 'Ada Lovelace' },
  ])
  await expect(signIn(app, known.email)).resolves.toBeDefined()
})

test('the owner is told once an hour at most', async () => {
  const { email } = await person(app)
  const attempt = { email, password, name: 'Mallory' }
  await send(app, 'POST', '/sign-up', attempt)
  await send(app, 'POST', '/sign-up', attempt)
  expect(await payloads(app, authEvents.signUpRepeated, { email })).toHaveLength(1)
  await app.sql(`UPDATE users SET noticed_at = noticed_at - interval '1 hour' WHERE email = $1`, [email])
  await send(app, 'POST', '/sign-up', attempt)
  expect(await payloads(app, authEvents.signUpRepeated, { email })).toHaveLength(2)
})

test('an account whose address is unconfirmed cannot be taken over by signing up again', async () => {
  const { email } = await person(app, { verified: false })
  await send(app, 'POST', '/sign-up', { email, password: 'another password', name: 'Mallory' })
  const taken = await send(app, 'POST', '/sign-in', { email, password: 'another password' })
  expect(taken).toMatchObject({ status: 401, body: { code: 'auth.wrong-credentials' } })
  expect(await payloads(app, authEvents.emailVerificationRequested, { email })).toHaveLength(1)
})

test('many sign-ups of one address at once make one account', async () => {
  const email = freshEmail()
  const input = { email, password, name: 'Ada' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(app, 'POST', '/sign-up', input)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  expect(await payloads(app, authEvents.userRegistered, { email })).toHaveLength(1)
})

test('a wrong password and an unknown address answer alike, and wait alike', async () => {
  const { email } = await person(app)
  const unknown = freshEmail()
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const wrong = await send(app, 'POST', '/sign-in', { email, password: 'wrong' })
    const nobody = await send(app, 'POST', '/sign-in', { email: unknown, password: 'wrong' })
    expect(visible(wrong)).toEqual(visible(nobody))
    expect(wrong.status).toBe(401)
  }
  const wrong = await send(app, 'POST', '/sign-in', { email, password })
  const nobody = await send(app, 'POST', '/sign-in', { email: unknown, password })
  expect(visible(wrong)).toEqual(visible(nobody))
  expect(wrong).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
  expect(wrong.headers.get('retry-after')).toBe(nobody.headers.get('retry-after'))
  await app.sql(`UPDATE sign_in_throttles SET last_at = last_at - interval '31 seconds'`)
  expect(await send(app, 'POST', '/sign-in', { email, password })).toMatchObject({ status: 200 })
})

test('a burst of guesses gets no more tries than a row of them', async () => {
  const { email } = await person(app)
  const guesses = Array.from({ length: 12 }, () =>
    send(app, 'POST', '/sign-in', { email, password: 'wrong' }),
  )
  const statuses = (await Promise.all(guesses)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(7)
})

test('a password reset answers alike for known and unknown addresses, and mails the known one alone', async () => {
  const { email } = await person(app)
  const unknown = freshEmail()
  const known = await send(app, 'POST', '/password-reset', { email })
  const nobody = await send(app, 'POST', '/password-reset', { email: unknown })
  expect(visible(known)).toEqual(visible(nobody))
  expect(known.status).toBe(202)
  expect(await payloads(app, authEvents.passwordResetRequested, { email })).toHaveLength(1)
  expect(await payloads(app, authEvents.passwordResetRequested, { email: unknown })).toEqual([])
})

test('asking for an address that somebody has answers like asking for a free one', async () => {
  const [one, other] = [await person(app), await person(app)]
  const free = freshEmail()
  const taken = await one.send('POST', '/email-change', { email: other.email, password })
  const unused = await one.send('POST', '/email-change', { email: free, password })
  expect(visible(taken)).toEqual(visible(unused))
  expect(taken.status).toBe(202)
  expect(await payloads(app, authEvents.signUpRepeated, { email: other.email })).toHaveLength(1)
  expect(await confirm(app, free)).toMatchObject({ status: 204 })
  expect(await payloads(app, authEvents.emailChanged, { userId: one.id })).toEqual([
    { userId: one.id, email: free, previousEmail: one.email },
  ])
})

test('an address that is taken while its link lies in the mailbox is not taken over', async () => {
  const mover = await person(app)
  const wanted = freshEmail()
  await mover.send('POST', '/email-change', { email: wanted, password })
  await app.idle()
  const owner = await person(app, { email: wanted, verified: false })
  const links = await payloads(app, authEvents.emailVerificationRequested, {
    userId: mover.id,
    email: wanted,
  })
  const late = await send(app, 'POST', '/email-verification/confirm', { token: links[0]?.token })
  expect(late).toMatchObject({ status: 410, body: { code: 'auth.link-expired' } })
  expect((await mover.send('GET', '/me')).body).toMatchObject({ email: mover.email })
  expect((await owner.send('GET', '/me')).body).toMatchObject({ email: wanted })
})

test('known and unknown addresses leave the same work behind', async () => {
  const { email } = await person(app)
  await send(app, 'POST', '/sign-up', { email, password, name: 'Mallory' })
  await app.idle()
  await app.sql('CREATE TABLE enqueued (name text)')
  await app.sql(`CREATE FUNCTION note_task() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO auth.enqueued VALUES (NEW.name); RETURN NEW; END $$`)
  await app.sql(`CREATE TRIGGER note_task BEFORE INSERT ON outbox_entry FOR EACH ROW WHEN (NEW.kind = 'task')
    EXECUTE FUNCTION note_task()`)
  const tasksOf = async (path: string, body: object) => {
    await send(app, 'POST', path, body)
    return app.sql('DELETE FROM enqueued RETURNING name')
  }
  const signUp = { password, name: 'Mallory' }
  expect(await tasksOf('/sign-up', { ...signUp, email })).toEqual([{ name: 'auth.send-verification' }])
  expect(await tasksOf('/sign-up', { ...signUp, email: freshEmail() })).toEqual([
    { name: 'auth.send-verification' },
  ])
  expect(await tasksOf('/password-reset', { email })).toEqual([{ name: 'auth.send-reset-link' }])
  expect(await tasksOf('/password-reset', { email: freshEmail() })).toEqual([
    { name: 'auth.send-reset-link' },
  ])
  await app.sql('DROP FUNCTION note_task CASCADE')
})
