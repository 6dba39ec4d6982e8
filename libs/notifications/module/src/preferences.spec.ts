import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { notificationType } from '@cenopie/notifications-contract'
import { userActor } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entity, inAWeek, secret } from './test-support/facts.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterAll(() => on.close())

async function somebody() {
  const { userId, email } = await on.person()
  const actor = userActor({ id: userId })
  const set = (target: string, enabled: boolean) =>
    on.app.http({
      method: 'PUT',
      url: `/api/v1/notifications/preferences/${target}`,
      actor,
      body: { enabled },
    })
  const signIn = () =>
    on.app.deliver(authEvents.signedInFromNewDevice, {
      entity: entity(userId),
      payload: { userId, email, at: '2026-11-01T08:00:00.000Z' },
    })
  return { userId, email, actor, set, signIn }
}

/** Path of the unsubscribe link in the last mail to an address. */
async function linkIn(email: string): Promise<string> {
  const mails = await on.mailTo(email)
  const header = /^List-Unsubscribe: <http:\/\/cenopie\.test([^>]+)>/m.exec(mails.at(-1)?.source ?? '')
  return header?.[1] ?? ''
}

test('everything is on until somebody says otherwise', async () => {
  const { actor, set } = await somebody()
  await set('new-sign-in/mail', false)
  const { body } = await on.app.http({ method: 'GET', url: '/api/v1/notifications/preferences', actor })
  const { items } = body as {
    items: { type: string; channel: string; enabled: boolean; changeable: boolean }[]
  }
  expect(new Set(items.map(({ type }) => type))).toEqual(new Set(notificationType.options))
  expect(items.filter(({ enabled }) => !enabled)).toEqual([
    { type: 'new-sign-in', channel: 'mail', class: 'standard', enabled: false, changeable: true },
  ])
  expect(items).toContainEqual({
    type: 'password-reset',
    channel: 'mail',
    class: 'critical',
    enabled: true,
    changeable: false,
  })
})

test('a channel that is off stays silent and the other does not', async () => {
  const { userId, email, set, signIn } = await somebody()
  await set('new-sign-in/mail', false)
  await signIn()
  expect(await on.mailTo(email)).toEqual([])
  expect(await on.inboxOf(userId)).toHaveLength(1)
  await set('new-sign-in/in-app', false)
  await set('new-sign-in/mail', true)
  await signIn()
  expect(await on.mailTo(email)).toHaveLength(1)
  expect(await on.inboxOf(userId)).toHaveLength(1)
})

test.each([
  ['password-reset/mail', 'enabled'],
  ['interview-invited/mail', 'enabled'],
  ['application-received/mail', 'channel'],
  ['gossip/mail', 'type'],
  ['new-sign-in/pigeon', 'channel'],
])('turning off %s is refused, naming %s', async (target, field) => {
  const { set } = await somebody()
  const { status, body } = await set(target, false)
  expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field }] } })
})

test('critical mail is sent whatever the table says', async () => {
  const { userId, email } = await somebody()
  await on.app.sql(`INSERT INTO preference VALUES ($1, 'password-reset', 'mail', false)`, [userId])
  await on.app.deliver(authEvents.passwordResetRequested, {
    entity: entity(userId, 2),
    payload: { userId, email, name: 'Ada', token: secret, expiresAt: inAWeek },
  })
  expect(await on.mailTo(email)).toHaveLength(1)
})

test('a link scanner that opens the unsubscribe link changes nothing; one POST does', async () => {
  const { email, signIn } = await somebody()
  await signIn()
  const url = await linkIn(email)
  await fetch(new URL(url, on.app.platform.url), { method: 'HEAD' })
  const shown = await on.app.http({ method: 'GET', url })
  expect(shown.body).toMatchObject({ type: 'new-sign-in', subscribed: true })
  await signIn()
  expect(await on.mailTo(email)).toHaveLength(2)

  // As mail clients send it (RFC 8058, section 3.1), without any token.
  const clicked = await on.app.http({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(clicked).toMatchObject({ status: 200, body: { type: 'new-sign-in', subscribed: false } })
  await signIn()
  expect(await on.mailTo(email)).toHaveLength(2)
  expect((await on.app.http({ method: 'GET', url })).body).toMatchObject({ subscribed: false })
})

test('mail clients that send one click as multipart are understood too', async () => {
  const { email, signIn } = await somebody()
  await signIn()
  const clicked = await on.app.http({
    method: 'POST',
    url: await linkIn(email),
    headers: { 'content-type': 'multipart/form-data; boundary=one' },
    body: '--one\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--one--\r\n',
  })
  expect(clicked).toMatchObject({ status: 200, body: { subscribed: false } })
})

test('a forged link leads nowhere', async () => {
  const { email, signIn } = await somebody()
  await signIn()
  const url = await linkIn(email)
  const forged = `${Buffer.from(`${randomUUID()}:new-sign-in`).toString('base64url')}.${url.split('.')[1]}`
  for (const token of [forged, `${url.split('/').at(-1)}x`]) {
    const answer = await on.app.http({
      method: 'POST',
      url: `/api/v1/notifications/unsubscribe/${token}`,
      body: {},
    })
    expect(answer.status).toBe(404)
  }
})
