import { randomUUID } from 'node:crypto'
import { authEvents } from '@cenopie/auth-contract'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import { newId } from '@cenopie/platform-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entity, inAWeek, mainJob, secret } from './test-support/facts.ts'
import type { Received } from './test-support/mail-server.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterAll(() => on.close())

async function onlyMailTo(email: string) {
  const mails = await on.mailTo(email)
  expect(mails).toHaveLength(1)
  const [{ mail, source }] = mails as [Received]
  expect(source).toMatch(/content-type: multipart\/alternative/i)
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  expect(mail.text).toBeTruthy()
  expect(mail.html).toContain('<!doctype html>')
  return { mail, source, text: mail.text ?? '', html: mail.html || '' }
}

test.each([
  [authEvents.emailVerificationRequested, 'confirm-email', 'Confirm your e-mail address'],
  [authEvents.passwordResetRequested, 'reset-password', 'Set a new password'],
] as const)('%o sends its link and its code to the address in the event', async (event, path, subject) => {
  const ada = await on.person('Ada Lovelace')
  await on.app.deliver(event, {
    entity: entity(ada.userId, 2),
    payload: { ...ada, token: secret, expiresAt: inAWeek },
  })
  const { mail, text, html } = await onlyMailTo(ada.email)
  expect(mail.subject).toBe(subject)
  expect(text).toContain('Hello Ada Lovelace,')
  expect(text).toContain(`http://cenopie.test/api/v1/auth/pages/${path}/${secret}\n`)
  expect(text.split('\n')).toContain(secret)
  expect(html).toContain(`href="http://cenopie.test/api/v1/auth/pages/${path}/${secret}"`)
  expect(mail.headers.has('list-unsubscribe-post')).toBe(false)
})

test('a change of password is told to the account', async () => {
  const ada = await on.person('Ada Lovelace')
  await on.app.deliver(authEvents.passwordChanged, { entity: entity(ada.userId, 3), payload: ada })
  const { mail } = await onlyMailTo(ada.email)
  expect(mail.subject).toBe('Your password was changed')
})

test('a change of address is told to the address before', async () => {
  const ada = await on.person('Ada Lovelace')
  const email = `new-${ada.email}`
  const payload = { userId: ada.userId, email, previousEmail: ada.email }
  await on.app.deliver(authEvents.emailChanged, { entity: entity(ada.userId, 2), payload })
  const { text } = await onlyMailTo(ada.email)
  expect(text).toContain(email)
})

test('a repeated sign-up is told to the owner of the address', async () => {
  const ada = await on.person('Ada Lovelace')
  await on.app.deliver(authEvents.signUpRepeated, { entity: entity(ada.userId, 1), payload: ada })
  expect((await onlyMailTo(ada.email)).mail.subject).toBe('You already have an account')
})

test('a new sign-in says when, from where and with what, and can be unsubscribed from', async () => {
  const ada = await on.person('Ada Lovelace')
  await on.app.deliver(authEvents.signedInFromNewDevice, {
    entity: entity(ada.userId, 2),
    payload: { ...ada, at: inAWeek, address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux)' },
  })
  const { source, text } = await onlyMailTo(ada.email)
  expect(text).toContain(
    'On Monday 30 November 2026, 17:00 UTC from 192.0.2.7 using Mozilla/5.0 (X11; Linux).',
  )
  expect(source).toMatch(
    /^List-Unsubscribe: <http:\/\/cenopie\.test\/api\/v1\/notifications\/unsubscribe\/[\w-]+\.[\w-]+>\r$/m,
  )
  expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
})

test('an invitation to a company reaches an address without an account', async () => {
  const email = `${randomUUID()}@example.com`
  const invitationId = randomUUID()
  await on.app.deliver(authEvents.companyInvitationCreated, {
    entity: entity(invitationId),
    payload: {
      invitationId,
      companyId: randomUUID(),
      companyName: 'Analytical Engines',
      email,
      role: 'recruiter',
      token: secret,
      invitedBy: randomUUID(),
      expiresAt: inAWeek,
    },
  })
  const { mail, text } = await onlyMailTo(email)
  expect(mail.subject).toBe('Join Analytical Engines on Cenopie')
  expect(text).toContain('Hello,')
  expect(text).toContain(`http://cenopie.test/api/v1/auth/pages/accept-invitation/${secret}\n`)
  expect(text.split('\n')).toContain(secret)
})

test('the candidate hears that an application was received', async () => {
  const ada = await on.person('Ada Lovelace')
  const { application, applicationId } = mainJob()
  const payload = { ...application, candidateId: ada.userId }
  await on.app.deliver(jobsEvents.applicationSubmitted, { entity: entity(applicationId), payload })
  const { mail, text } = await onlyMailTo(ada.email)
  expect(mail.subject).toBe('Your application at Analytical Engines: Engineer')
  expect(text).toContain(`http://cenopie.test/api/v1/jobs/postings/${application.postingId}`)
})

test('the candidate hears of an offer, a rejection in the words of the company, and of being hired', async () => {
  const ada = await on.person('Ada Lovelace')
  const { application, applicationId } = mainJob()
  const about = { ...application, candidateId: ada.userId }
  await on.app.deliver(jobsEvents.applicationAdvanced, {
    entity: entity(applicationId, 2),
    payload: { ...about, fromStage: 'interview', toStage: 'offer' },
  })
  await on.app.deliver(jobsEvents.applicationRejected, {
    entity: entity(applicationId, 3),
    payload: { ...about, fromStage: 'offer', reason: 'not-qualified', message: 'Thank you!\nDo try again.' },
  })
  await on.app.deliver(jobsEvents.applicationHired, { entity: entity(applicationId, 4), payload: about })
  const mails = await on.mailTo(ada.email)
  const texts = mails.map(({ mail }) => mail.text ?? '').join('\n')
  expect(mails).toHaveLength(3)
  expect(texts).toContain('they would like to make you an offer')
  expect(texts).toContain('> Thank you!\n> Do try again.')
  expect(texts).not.toContain('not-qualified')
  expect(texts).toContain('Congratulations: Analytical Engines has hired you as Engineer.')
})

test('moving to the interview stage sends one mail: the invitation with its link', async () => {
  const ada = await on.person('Ada Lovelace')
  const { application, interview, applicationId, interviewId } = mainJob()
  const payload = { ...interview, candidateId: ada.userId, token: secret, deadline: inAWeek }
  await on.app.deliver(jobsEvents.applicationAdvanced, {
    entity: entity(applicationId, 2),
    payload: { ...application, candidateId: ada.userId, fromStage: 'applied', toStage: 'interview' },
  })
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload })
  const { mail, text, html } = await onlyMailTo(ada.email)
  expect(mail.subject).toBe('Analytical Engines invites you to an interview: Engineer')
  expect(text).toContain(`http://cenopie.test/api/v1/interviews/pages/${secret}\n`)
  expect(text.split('\n')).toContain(secret)
  expect(html).toContain(`href="http://cenopie.test/api/v1/interviews/pages/${secret}"`)
  expect(text).toContain('Monday 30 November 2026, 17:00 UTC')
})

test.each([
  [undefined, 'You answer whenever it suits you, until'],
  [['text'], 'You answer in writing, whenever it suits you, until'],
  [['audio'], 'You answer in recordings with your microphone, whenever'],
  [['text', 'video'], 'You answer in writing or in recordings with camera or microphone, as each'],
] as const)('an invitation to answer by %j says so', async (modes, says) => {
  const ada = await on.person('Ada Lovelace')
  const { interview, interviewId } = mainJob()
  const invitation = { ...interview, candidateId: ada.userId, token: secret, deadline: inAWeek }
  const payload = modes === undefined ? invitation : { ...invitation, modes: [...modes] }
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload })
  expect((await onlyMailTo(ada.email)).text.replaceAll('\n', ' ')).toContain(says)
})

test('a reminder without a token points to the invitation', async () => {
  const ada = await on.person('Ada Lovelace')
  const { interview, interviewId } = mainJob()
  const payload = { ...interview, candidateId: ada.userId, deadline: inAWeek }
  await on.app.deliver(interviewsEvents.reminderDue, { entity: entity(interviewId, 2), payload })
  const { mail, text } = await onlyMailTo(ada.email)
  expect(mail.subject).toBe('Reminder: your interview for Engineer')
  expect(text).toContain('The personal link is in the invitation')
})

test.each([
  [
    interviewsEvents.analysed,
    {},
    'Interview analysed: Ada Lovelace for Engineer',
    'are ready for your review',
  ],
  [
    interviewsEvents.analysed,
    { unscored: 2 },
    'Interview analysed: Ada Lovelace for Engineer',
    '2 answers could not be scored',
  ],
  [
    interviewsEvents.analysisFailed,
    { reason: 'the model said 500' },
    'Interview not analysed: Ada Lovelace for Engineer',
    'You can start the analysis again',
  ],
  [
    interviewsEvents.analysisFailed,
    { reason: 'the model said 500', leftToPeople: true },
    'Interview not analysed: Ada Lovelace for Engineer',
    'evaluate them yourselves',
  ],
] as const)(
  'with $1 whoever invited is mailed “$2”, and neither colleagues nor interviewers',
  async (event, more, subject, says) => {
    const [grace, colleague, interviewer] = [
      await on.person('Grace'),
      await on.person('Joan'),
      await on.person('Jean'),
    ]
    const { interview, interviewId, companyId } = mainJob()
    await on.app.deliver(authEvents.companyCreated, {
      entity: entity(companyId, 1),
      payload: {
        companyId,
        name: 'Analytical Engines',
        slug: 'analytical-engines',
        ownerId: colleague.userId,
      },
    })
    await on.app.deliver(authEvents.memberJoined, {
      entity: entity(companyId, 2),
      payload: { companyId, userId: grace.userId, role: 'recruiter' },
    })
    await on.app.deliver(authEvents.memberJoined, {
      entity: entity(companyId, 3),
      payload: { companyId, userId: interviewer.userId, role: 'interviewer' },
    })
    const payload = { ...interview, invitedBy: grace.userId, reason: '', ...more }
    await on.app.deliver(event, { entity: entity(interviewId, 5), payload })
    const { mail, text } = await onlyMailTo(grace.email)
    expect(mail.subject).toBe(subject)
    expect(text.replaceAll('\n', ' ')).toContain(says)
    expect(text).not.toContain('the model said 500')
    expect(await on.mailTo(colleague.email)).toEqual([])
    expect(await on.mailTo(interviewer.email)).toEqual([])
    const rows = await on.app.sql('SELECT user_id FROM notification WHERE type LIKE $1 AND subject @> $2', [
      'interview-anal%',
      JSON.stringify({ interviewId }),
    ])
    expect(rows.map(({ user_id }) => user_id).sort()).toEqual([grace.userId, colleague.userId].sort())
  },
)

test('an event delivered twice is one mail and one notification', async () => {
  const ada = await on.person('Ada Lovelace')
  const { interview, interviewId } = mainJob()
  const payload = { ...interview, candidateId: ada.userId, token: secret, deadline: inAWeek }
  const id = newId()
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload }, { id })
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload }, { id })
  await onlyMailTo(ada.email)
  // Without the inbox's row the unique keys of mail and notification still hold.
  await on.app.sql('DELETE FROM inbox WHERE entry_id = $1', [id])
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload }, { id })
  await onlyMailTo(ada.email)
  expect(await on.app.sql('SELECT 1 FROM notification WHERE entry_id = $1', [id])).toHaveLength(1)
})

test('hostile names change neither markup nor headers', async () => {
  const ada = await on.person('Ada\r\nBcc: thief@example.com <script>alert(1)</script>')
  const { interview, interviewId } = mainJob({
    companyName: 'Evil\r\nBcc: thief@example.com',
    title: '<img src=x onerror=alert(1)> "quoted" \u202Egpj.exe',
  })
  const payload = { ...interview, candidateId: ada.userId, token: secret, deadline: inAWeek }
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload })
  const { mail, html } = await onlyMailTo(ada.email)
  expect(mail.headers.has('bcc')).toBe(false)
  expect(mail.subject).toBe(
    'Evil Bcc: thief@example.com invites you to an interview: <img src=x onerror=alert(1)> "quoted" gpj.exe',
  )
  expect(html).not.toMatch(/<img|<script/)
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(on.server.received.every(({ to }) => !to.includes('thief@example.com'))).toBe(true)
})

test('an address that would add recipients is refused for good', async () => {
  const ada = await on.person('Ada Lovelace')
  const email = 'ada@example.com>\r\nRCPT TO:<thief@example.com'
  const payload = { ...ada, email, token: secret, expiresAt: inAWeek }
  await on.app.deliver(authEvents.passwordResetRequested, { entity: entity(ada.userId, 2), payload })
  await on.app.idle()
  const rows = await on.app.sql('SELECT status, facts, response FROM mail WHERE address = $1', [email])
  expect(rows).toEqual([{ status: 'failed', facts: null, response: 'not an e-mail address' }])
})

test('once a mail is out its secret is nowhere in the database', async () => {
  const ada = await on.person('Ada Lovelace')
  const token = `only-here-${randomUUID()}`
  await on.app.deliver(authEvents.passwordResetRequested, {
    entity: entity(ada.userId, 2),
    payload: { ...ada, token, expiresAt: inAWeek },
  })
  await onlyMailTo(ada.email)
  const tables = await on.app.sql<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'notifications'`,
  )
  for (const { name } of tables) {
    const rows = await on.app.sql(`SELECT 1 FROM ${name} AS row WHERE row::text LIKE $1`, [`%${token}%`])
    expect({ name, rows }).toEqual({ name, rows: [] })
  }
})
