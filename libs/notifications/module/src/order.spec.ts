import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import { blockedOrDone } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveAnnouncement } from './data/announcements.ts'
import { waitForAddress, wakeMailOf } from './data/mail.ts'
import { lockCompany, membersOf } from './data/members.ts'
import { saveAddress } from './data/recipients.ts'
import { entity, inAWeek, mainJob, secret } from './test-support/facts.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterAll(() => on.close())

const early = '2026-11-01T08:00:00.000Z'
const noon = '2026-11-01T12:00:00.000Z'
const late = '2026-11-01T17:00:00.000Z'

test('mail to somebody not known yet waits without using up tries and goes out when they are', async () => {
  const { application, applicationId, candidateId } = mainJob()
  const email = `${candidateId}@example.com`
  await on.app.deliver(jobsEvents.applicationSubmitted, {
    entity: entity(applicationId),
    payload: application,
  })
  await on.app.idle()
  const waiting = await on.app.sql('SELECT status FROM mail WHERE user_id = $1', [candidateId])
  expect(waiting).toEqual([{ status: 'waiting' }])
  expect(await on.app.sql('SELECT 1 FROM outbox_entry')).toEqual([])

  await on.app.deliver(authEvents.userRegistered, {
    entity: entity(candidateId),
    payload: { userId: candidateId, email, name: 'Ada Lovelace' },
  })
  const mails = await on.mailTo(email)
  expect(mails.map(({ mail }) => mail.subject)).toEqual(['Your application at Analytical Engines: Engineer'])
  expect(mails[0]?.mail.text).toContain('Hello Ada Lovelace,')
})

test('the mail that confirms an address names its reader even before the registration arrives', async () => {
  const userId = randomUUID()
  const email = `${userId}@example.com`
  const payload = { userId, email, name: 'Ada Lovelace', token: secret, expiresAt: inAWeek }
  await on.app.deliver(authEvents.emailVerificationRequested, { entity: entity(userId), payload })
  const mails = await on.mailTo(email)
  expect(mails[0]?.mail.text).toContain('Hello Ada Lovelace,')
})

test('a registration that arrives after a change of address does not bring the old address back', async () => {
  const userId = randomUUID()
  const [previousEmail, email] = [`old-${userId}@example.com`, `new-${userId}@example.com`]
  await on.app.deliver(authEvents.emailChanged, {
    entity: entity(userId, 2),
    payload: { userId, email, previousEmail },
  })
  await on.app.deliver(authEvents.userRegistered, {
    entity: entity(userId, 1),
    payload: { userId, email: previousEmail, name: 'Ada Lovelace' },
  })
  const { interview, interviewId } = mainJob()
  const payload = { ...interview, candidateId: userId, token: secret, deadline: inAWeek }
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload })
  const mails = await on.mailTo(email)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.mail.text).toContain('Hello Ada Lovelace,')
})

test('an address that is being saved while a mail goes to wait still wakes it', async () => {
  const database = on.app.platform.database('notifications')
  const [id, userId] = [randomUUID(), randomUUID()]
  await on.app.sql(
    `INSERT INTO mail (id, entry_id, recipient, user_id, type, status) VALUES ($1, $1, 'x', $2, 'new-sign-in', 'sending')`,
    [id, userId],
  )
  const woken = await database.transaction(async (parking) => {
    expect(await waitForAddress(parking, id, userId)).toBe(true)
    const waking = database.transaction(async (tx) => {
      await saveAddress(tx, userId, 'ada@example.com', 1)
      return wakeMailOf(tx, userId)
    })
    await blockedOrDone(on.app, waking)
    return { waking }
  })
  expect(await woken.waking).toEqual([id])
})

test('news for a company nobody is known of reaches its owner later, and not who joined afterwards', async () => {
  const { application, applicationId, companyId } = mainJob()
  const [owner, newcomer] = [await on.person('Grace'), await on.person('Joan')]
  await on.app.deliver(jobsEvents.applicationSubmitted, {
    entity: entity(applicationId),
    payload: application,
    occurredAt: noon,
  })
  await on.app.deliver(authEvents.memberJoined, {
    entity: entity(companyId, 2),
    payload: { companyId, userId: newcomer.userId, role: 'recruiter' },
    occurredAt: late,
  })
  const created = {
    entity: entity(companyId, 1),
    payload: { companyId, name: 'Analytical Engines', slug: 'analytical-engines', ownerId: owner.userId },
    occurredAt: early,
  }
  await on.app.deliver(authEvents.companyCreated, created)
  await on.app.deliver(authEvents.companyCreated, created)
  expect(await on.inboxOf(owner.userId)).toEqual(['Ada Lovelace applied for Engineer'])
  expect(await on.inboxOf(newcomer.userId)).toEqual([])
})

test('the mail about an analysis waits for the one who invited rather than going to somebody else', async () => {
  const { interview, interviewId, companyId } = mainJob()
  const [owner, recruiter] = [await on.person('Grace'), await on.person('Joan')]
  await on.app.deliver(authEvents.companyCreated, {
    entity: entity(companyId, 1),
    payload: { companyId, name: 'Analytical Engines', slug: 'analytical-engines', ownerId: owner.userId },
    occurredAt: early,
  })
  const payload = { ...interview, invitedBy: recruiter.userId }
  await on.app.deliver(interviewsEvents.analysed, {
    entity: entity(interviewId, 4),
    payload,
    occurredAt: late,
  })
  expect(await on.mailTo(recruiter.email)).toEqual([])
  await on.app.deliver(authEvents.memberJoined, {
    entity: entity(companyId, 2),
    payload: { companyId, userId: recruiter.userId, role: 'recruiter' },
    occurredAt: noon,
  })
  expect(await on.mailTo(recruiter.email)).toHaveLength(1)
  expect(await on.mailTo(owner.email)).toEqual([])
  expect(await on.inboxOf(owner.userId)).toHaveLength(1)
})

test('when the one who invited has left, every manager gets the mail', async () => {
  const { interview, interviewId, companyId } = mainJob()
  const [owner, recruiter] = [await on.person('Grace'), await on.person('Joan')]
  await on.app.deliver(authEvents.companyCreated, {
    entity: entity(companyId, 1),
    payload: { companyId, name: 'Analytical Engines', slug: 'analytical-engines', ownerId: owner.userId },
  })
  await on.app.deliver(authEvents.memberRemoved, {
    entity: entity(companyId, 3),
    payload: { companyId, userId: recruiter.userId },
    occurredAt: noon,
  })
  const payload = { ...interview, invitedBy: recruiter.userId }
  await on.app.deliver(interviewsEvents.analysed, {
    entity: entity(interviewId, 4),
    payload,
    occurredAt: late,
  })
  // Joining was before leaving, whatever comes first.
  await on.app.deliver(authEvents.memberJoined, {
    entity: entity(companyId, 2),
    payload: { companyId, userId: recruiter.userId, role: 'recruiter' },
    occurredAt: early,
  })
  expect(await on.mailTo(owner.email)).toHaveLength(1)
  expect(await on.mailTo(recruiter.email)).toEqual([])
  expect(await on.inboxOf(recruiter.userId)).toEqual([])
})

test('who becomes a recruiter hears what follows; who becomes an interviewer no more', async () => {
  const { application, applicationId, companyId } = mainJob()
  const [rising, falling] = [await on.person('Grace'), await on.person('Joan')]
  const role = (userId: string, version: number, to: 'recruiter' | 'interviewer') =>
    on.app.deliver(version < 3 ? authEvents.memberJoined : authEvents.memberRoleChanged, {
      entity: entity(companyId, version),
      payload: { companyId, userId, role: to },
    })
  await role(rising.userId, 1, 'interviewer')
  await role(falling.userId, 2, 'recruiter')
  await role(rising.userId, 3, 'recruiter')
  await role(falling.userId, 4, 'interviewer')
  await on.app.deliver(jobsEvents.applicationWithdrawn, {
    entity: entity(applicationId, 2),
    payload: { ...application, fromStage: 'applied' },
  })
  expect(await on.inboxOf(rising.userId)).toEqual(['Ada Lovelace withdrew the application for Engineer'])
  expect(await on.inboxOf(falling.userId)).toEqual([])
})

test('an announcement and a change of members of one company never miss each other', async () => {
  const database = on.app.platform.database('notifications')
  const companyId = randomUUID()
  const members = await database.transaction(async (joining) => {
    await lockCompany(joining, companyId, 'change')
    await joining.query(`INSERT INTO member VALUES ($1, $1, 'owner', 1, now())`, [companyId])
    const announcing = database.transaction(async (tx) => {
      await lockCompany(tx, companyId, 'announce')
      await saveAnnouncement(tx, {
        entryId: randomUUID(),
        type: 'application-received',
        companyId,
        occurredAt: new Date(noon),
        facts: {},
        subject: {},
        about: undefined,
        mailTo: undefined,
        actedBy: undefined,
      })
      return membersOf(tx, companyId)
    })
    await blockedOrDone(on.app, announcing)
    return { announcing }
  })
  expect((await members.announcing).size).toBe(1)
})

test('a decision is told to the others who manage the interview', async () => {
  const { interview, interviewId, companyId } = mainJob()
  const [owner, recruiter] = [await on.person('Grace'), await on.person('Joan')]
  await on.app.deliver(authEvents.companyCreated, {
    entity: entity(companyId, 1),
    payload: { companyId, name: 'Analytical Engines', slug: 'analytical-engines', ownerId: owner.userId },
  })
  await on.app.deliver(authEvents.memberJoined, {
    entity: entity(companyId, 2),
    payload: { companyId, userId: recruiter.userId, role: 'recruiter' },
  })
  const payload = {
    ...interview,
    decision: 'advance',
    reason: 'Clear answers.',
    decidedBy: recruiter.userId,
  } as const
  await on.app.deliver(interviewsEvents.submitted, {
    entity: entity(interviewId, 3),
    payload: { ...interview, humanReview: false },
  })
  await on.app.deliver(interviewsEvents.decided, { entity: entity(interviewId, 5), payload })
  const submitted = 'Ada Lovelace submitted the interview for Engineer'
  expect(await on.inboxOf(owner.userId)).toEqual(['Decided: Ada Lovelace for Engineer', submitted])
  expect(await on.inboxOf(recruiter.userId)).toEqual([submitted])
})
