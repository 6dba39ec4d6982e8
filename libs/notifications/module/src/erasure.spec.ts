import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import { profileErased } from '@cenopie/users-contract'
import { blockedOrDone, userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetUser } from './data/erasure.ts'
import { forgetOld } from './data/retention.ts'
import { entity, inAWeek, mainJob, secret } from './test-support/facts.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started
beforeAll(async () => {
  on = await started()
})
afterAll(() => on.close())

const erasedAt = '2026-11-23T10:00:00.000Z'
const erase = (userId: string) =>
  on.app.deliver(profileErased, {
    entity: entity(userId, 9),
    payload: { userId, receiptId: randomUUID(), erasedAt },
  })

/** Where any of these words still stands, in any table of the module but the outbox's own. */
async function tracesOf(...words: string[]) {
  const tables = ['notification', 'mail', 'recipient', 'announcement', 'preference']
  const found = await Promise.all(
    tables.map(async (table) => {
      const rows = await on.app.sql(`SELECT 1 FROM ${table} t WHERE t::text LIKE ANY($1)`, [
        words.map((word) => `%${word}%`),
      ])
      return rows.map(() => table)
    }),
  )
  return found.flat()
}

/** Somebody who has applied to a company with a manager; the name is nobody else's. */
async function candidate() {
  const name = `Ada ${randomUUID()}`
  const [person, manager] = [await on.person(name), await on.person('Charles Babbage')]
  const job = mainJob({ candidateName: name })
  const [application, interview] = [
    { ...job.application, candidateId: person.userId },
    { ...job.interview, candidateId: person.userId },
  ]
  const { companyId } = job
  await on.app.deliver(authEvents.companyCreated, {
    entity: entity(companyId),
    payload: { companyId, name: job.application.companyName, slug: 'engines', ownerId: manager.userId },
  })
  const submitted = { entity: entity(job.applicationId), payload: application }
  return { ...person, manager, application, interview, submitted }
}

const news = (userId: string, email: string) => ({ entity: entity(userId, 3), payload: { userId, email } })

test('whoever erases their profile leaves a mark that they did, and nothing else', async () => {
  const { userId, email, name, manager, interview, submitted } = await candidate()
  await on.app.deliver(jobsEvents.applicationSubmitted, submitted)
  await on.app.deliver(authEvents.passwordChanged, news(userId, email))
  await on.app.deliver(interviewsEvents.analysed, {
    entity: entity(interview.interviewId),
    payload: interview,
  })
  const choice = { type: 'new-sign-in', channel: 'mail', enabled: false } as const
  await on.app.client.setPreference(choice, userCall({ id: userId }))
  await on.app.idle()
  const before = await tracesOf(userId, email, name)
  expect(new Set(before).size).toBe(5)
  expect(await on.inboxOf(manager.userId)).toHaveLength(2)

  await erase(userId)
  expect(await tracesOf(email, name)).toEqual([])
  expect(await tracesOf(userId)).toEqual(['recipient'])
  expect(await on.inboxOf(manager.userId)).toEqual([])
  expect(await on.app.sql('SELECT email FROM recipient WHERE user_id = $1', [manager.userId])).toEqual([
    { email: manager.email },
  ])
})

test('late news brings nobody back, and names them to nobody', async () => {
  const { userId, name, manager, interview, submitted } = await candidate()
  const unheard = randomUUID()
  const email = `${unheard}@example.com`
  await erase(userId)
  await erase(unheard)
  await on.app.deliver(jobsEvents.applicationSubmitted, submitted)
  const invitation = { ...interview, token: secret, deadline: inAWeek }
  await on.app.deliver(interviewsEvents.invited, {
    entity: entity(interview.interviewId),
    payload: invitation,
  })
  const registration = { entity: entity(unheard), payload: { userId: unheard, email, name } }
  await on.app.deliver(authEvents.userRegistered, registration)
  const moved = { userId: unheard, email: `new-${email}`, previousEmail: 'someone@example.com' }
  await on.app.deliver(authEvents.emailChanged, { entity: entity(unheard, 2), payload: moved })
  await on.app.idle()

  expect(await tracesOf(name)).toEqual([])
  const recipient = await on.app.sql('SELECT email, name FROM recipient WHERE user_id = $1', [unheard])
  expect(recipient).toEqual([{ email: null, name: null }])
  expect(await on.inboxOf(userId)).toEqual([])
  expect(await on.app.sql('SELECT 1 FROM mail WHERE user_id = $1', [userId])).toEqual([])
  expect(await on.inboxOf(manager.userId)).toEqual(['Deleted account applied for Engineer'])
})

test('the account that remains is still warned, at the address its event names, and no record stays', async () => {
  const { userId, email } = await on.person()
  await erase(userId)
  await on.app.deliver(authEvents.passwordChanged, news(userId, email))
  const seen = { at: erasedAt, address: '192.0.2.1', userAgent: 'Browser' }
  const signedIn = { ...news(userId, email), payload: { userId, email, ...seen } }
  await on.app.deliver(authEvents.signedInFromNewDevice, signedIn)

  expect((await on.mailTo(email)).map(({ mail }) => mail.subject)).toEqual([
    expect.stringMatching(/password/i),
  ])
  expect(await on.inboxOf(userId)).toEqual([])
  await forgetOld(on.app.platform.database('notifications'))
  expect(await tracesOf(email)).toEqual([])
})

test.each([
  ['queued', 'someone@example.com', 1],
  ['queued', null, 0],
  ['waiting', null, 0],
  ['sent', 'someone@example.com', 0],
  ['failed', 'someone@example.com', 0],
])('of mail that is %s to %s, %i stays until it is sent', async (status, address, expected) => {
  const userId = randomUUID()
  await on.app.sql(
    `INSERT INTO mail (id, entry_id, recipient, user_id, address, type, status, facts)
     VALUES (gen_random_uuid(), gen_random_uuid(), $1::uuid::text, $1::uuid, $2, 'password-changed', $3::mail_status, '{}')`,
    [userId, address, status],
  )
  await erase(userId)
  expect(await on.app.sql('SELECT 1 FROM mail WHERE user_id = $1', [userId])).toHaveLength(expected)
})

test('news that is delivered during an erasure waits for it', async () => {
  const { userId, name, submitted } = await candidate()
  const { delivering } = await on.app.platform.database('notifications').transaction(async (tx) => {
    await forgetUser(tx, userId)
    const delivering = on.app.deliver(jobsEvents.applicationSubmitted, submitted)
    await blockedOrDone(on.app, delivering)
    return { delivering }
  })
  await delivering
  await on.app.idle()
  expect(await tracesOf(name)).toEqual([])
  expect(await tracesOf(userId)).toEqual(['recipient', 'announcement'])
})

test('a manager who becomes known during an erasure is told of nobody erased', async () => {
  const { userId, application, submitted } = await candidate()
  await on.app.deliver(jobsEvents.applicationSubmitted, submitted)
  const late = await on.person('Mary Somerville')
  const { companyId } = application
  const joined = {
    entity: entity(companyId, 2),
    payload: { companyId, userId: late.userId, role: 'recruiter' as const },
    occurredAt: '2026-11-01T08:00:00.000Z',
  }
  const { joining } = await on.app.platform.database('notifications').transaction(async (tx) => {
    await forgetUser(tx, userId)
    const joining = on.app.deliver(authEvents.memberJoined, joined)
    await blockedOrDone(on.app, joining)
    return { joining }
  })
  await joining
  expect(await on.inboxOf(late.userId)).toEqual(['Deleted account applied for Engineer'])
})
