import { interviewsEvents, type CandidateInterview } from '@cenopie/interviews-contract'
import { newId } from '@cenopie/platform-database'
import { userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome } from '../testing/outcome.ts'
import { anyone, giveConsent, startScene, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

const passDeadline = (interviewId: string) =>
  scene.app.sql(`UPDATE interview SET deadline = now() - interval '1 second' WHERE id = $1`, [interviewId])

test('the link shows the company, the questions without their rubric, the deadline and the consent text', async () => {
  const { token, questions } = await scene.invite()
  const { status, body, headers } = await scene.app.http({
    method: 'GET',
    url: `/api/v1/interviews/links/${token}`,
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    companyName: 'Analytical Engines',
    title: 'Engineer',
    status: 'invited',
    questions: [
      { id: questions[0], required: true, answer: '' },
      { id: questions[1], required: false },
    ],
    consent: {
      state: 'none',
      version: giveConsent.version,
      text: expect.stringContaining('decides nothing'),
    },
  })
  expect(JSON.stringify((body as CandidateInterview).questions)).not.toMatch(/criteria|indicators|weight/)
  expect(headers.get('cache-control')).toContain('no-store')
})

test('an unknown token is nothing at all, an expired one is gone', async () => {
  const { token, interviewId, questions } = await scene.invite()
  const [questionId = ''] = questions
  const calls = (link: string) => [
    () => scene.client.viewLink({ token: link }, anyone()),
    () => scene.client.decideConsent({ token: link, ...giveConsent }, anyone()),
    () => scene.client.saveAnswer({ token: link, questionId, text: 'x' }, anyone()),
    () => scene.client.submitInterview({ token: link }, anyone()),
  ]
  for (const call of calls('A'.repeat(43))) expect(await outcome(call())).toBe('not-found')
  await scene.app.sql('UPDATE interview SET link_expires_at = now() WHERE id = $1', [interviewId])
  for (const call of calls(token)) expect(await outcome(call())).toBe('interviews.link-expired')
  const { status, body } = await scene.app.http({ method: 'GET', url: `/api/v1/interviews/links/${token}` })
  expect([status, (body as { code: string }).code]).toEqual([410, 'interviews.link-expired'])
})

test('answers are saved and replaced, and survive leaving the page', async () => {
  const invitation = await scene.invite()
  await scene.answer(invitation, 'First thought.')
  await scene.answer(invitation, 'Second thought.', '')
  const { questions, status } = await scene.client.viewLink({ token: invitation.token }, anyone())
  expect(questions).toMatchObject([{ answer: 'Second thought.' }, { answer: '' }])
  expect(status).toBe('in-progress')
  const rows = await scene.app.sql('SELECT 1 FROM answer WHERE interview_id = $1', [invitation.interviewId])
  expect(rows).toHaveLength(2)
})

test('the limit of a question counts characters as people do', async () => {
  const { token, questions } = await scene.invite()
  const questionId = questions[1] ?? ''
  const save = (text: string) => scene.client.saveAnswer({ token, questionId, text }, anyone())
  expect(await save('🚀'.repeat(50))).toMatchObject({ characters: 50 })
  expect(await outcome(save('🚀'.repeat(51)))).toBe('invalid-input text')
})

test.each([
  ['a NUL', 'a\u0000b'],
  ['half a surrogate pair', 'a\ud800b'],
  ['more than any question allows', 'a'.repeat(20_001)],
])('%s is refused by the name of the field', async (_, text) => {
  const { token, questions } = await scene.invite()
  const url = `/api/v1/interviews/links/${token}/answers/${questions[0]}`
  const { status, body } = await scene.app.http({ method: 'PUT', url, body: { text } })
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'invalid-input', errors: [{ field: 'text' }] })
})

test('a question of another interview takes no answer', async () => {
  const [ours, theirs] = [await scene.invite(), await scene.invite()]
  const foreign = { token: ours.token, text: 'x' }
  expect(
    await outcome(scene.client.saveAnswer({ ...foreign, questionId: theirs.questions[0] ?? '' }, anyone())),
  ).toBe('not-found')
  expect(await outcome(scene.client.saveAnswer({ ...foreign, questionId: newId() }, anyone()))).toBe(
    'not-found',
  )
})

test('submitting without a required answer names the question and changes nothing', async () => {
  const invitation = await scene.invite()
  const { token, questions } = invitation
  await scene.answer(invitation, '  \n ', 'Only the optional one.')
  expect(await outcome(scene.client.submitInterview({ token }, anyone()))).toBe(
    `invalid-input answers.${questions[0]}`,
  )
  expect(await scene.client.viewLink({ token }, anyone())).toMatchObject({ status: 'in-progress' })
  expect(await scene.count(interviewsEvents.submitted, invitation.interviewId)).toBe(0)
})

test('submitting answers 202 at once, and a second submission is a conflict', async () => {
  const invitation = await scene.invite()
  await scene.answer(invitation, 'I took responsibility.')
  const submit = () =>
    scene.app.http({ method: 'POST', url: `/api/v1/interviews/links/${invitation.token}/submit`, body: {} })
  const first = await submit()
  expect([first.status, first.body]).toMatchObject([202, { status: 'submitted', alternativeProcess: true }])
  const second = await submit()
  expect([second.status, second.body]).toMatchObject([409, { code: 'interviews.already-submitted' }])
})

test('of many submissions at once one counts, and each answer is analysed once', async () => {
  const invitation = await scene.invite()
  const { token, interviewId } = invitation
  await scene.client.decideConsent({ token, ...giveConsent }, anyone())
  await scene.answer(invitation, 'I took responsibility.', 'I like engines.')
  const submissions = Array.from({ length: 8 }, () =>
    outcome(scene.client.submitInterview({ token }, anyone())),
  )
  const outcomes = await Promise.all(submissions)
  expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'interviews.already-submitted']))
  expect(await scene.count(interviewsEvents.submitted, interviewId)).toBe(1)
  expect(await scene.count(interviewsEvents.analysed, interviewId)).toBe(1)
})

test('after submission answers stand', async () => {
  const { token, questions } = await scene.submit()
  const change = { token, questionId: questions[0] ?? '', text: 'Better.' }
  expect(await outcome(scene.client.saveAnswer(change, anyone()))).toBe('interviews.already-submitted')
  const { questions: shown } = await scene.client.viewLink({ token }, anyone())
  expect(shown[0]?.answer).toBe('I took responsibility for it.')
})

test('after the deadline nothing is taken, until the recruiter extends it', async () => {
  const invitation = await scene.invite()
  const { token, interviewId, company, questions } = invitation
  await scene.answer(invitation, 'In time.')
  await passDeadline(interviewId)
  const late = { token, questionId: questions[0] ?? '', text: 'Late.' }
  expect(await outcome(scene.client.saveAnswer(late, anyone()))).toBe('interviews.deadline-passed')
  expect(await outcome(scene.client.decideConsent({ token, ...giveConsent }, anyone()))).toBe(
    'interviews.deadline-passed',
  )
  expect(await outcome(scene.client.submitInterview({ token }, anyone()))).toBe('interviews.deadline-passed')
  expect(await scene.client.viewLink({ token }, anyone())).toMatchObject({ status: 'expired' })
  const list = (status: 'expired' | 'in-progress') =>
    scene.client.listInterviews({ companyId: company.id, status }, company.recruiter)
  expect((await list('expired')).items).toMatchObject([{ id: interviewId, status: 'expired' }])
  expect((await list('in-progress')).items).toEqual([])

  const extend = (deadline: string) =>
    outcome(scene.client.extendDeadline({ interviewId, deadline }, company.recruiter))
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  expect(await extend(inDays(-1))).toBe('invalid-input deadline')
  expect(await extend(inDays(400))).toBe('invalid-input deadline')
  const later = inDays(5)
  expect(await extend(later)).toBe('ok')
  expect(await extend(later)).toBe('ok')
  expect(await extend(inDays(4))).toBe('invalid-input deadline')
  expect((await list('in-progress')).items).toMatchObject([{ id: interviewId, deadline: later }])
  expect(await outcome(scene.client.submitInterview({ token }, anyone()))).toBe('ok')
  expect(await extend(inDays(6))).toBe('interviews.not-open')
})

test('a resent invitation has a new link, and the old one stops working', async () => {
  const { token, interviewId, applicationId, company } = await scene.invite()
  await passDeadline(interviewId)
  const resent = await scene.client.resendInvitation({ interviewId }, company.recruiter)
  expect(Date.parse(resent.deadline ?? '')).toBeGreaterThan(Date.now())
  const { token: fresh = '', modes } = (await scene.invitationOf(applicationId)) ?? {}
  expect(modes).toEqual(['text'])
  expect(fresh).not.toBe(token)
  expect(await outcome(scene.client.viewLink({ token }, anyone()))).toBe('not-found')
  expect(await scene.client.viewLink({ token: fresh }, anyone())).toMatchObject({ status: 'invited' })
  const { items } = await scene.client.listAuditTrail({ interviewId }, company.owner)
  expect(items.map(({ action }) => action)).toEqual(['interview.invited', 'invitation.resent'])
})

test('candidates list their own interviews and open them from there; nobody else does', async () => {
  const { candidate, interviewId, token, company } = await scene.submit()
  await scene.app.idle()
  const mine = await scene.client.listMyInterviews({}, candidate)
  expect(mine.items).toMatchObject([
    { id: interviewId, status: 'submitted', companyName: 'Analytical Engines' },
  ])
  expect(JSON.stringify(mine)).not.toMatch(/overall|score|analysed/)
  expect(await scene.client.listMyInterviews({}, userCall())).toEqual({ items: [] })
  expect(await outcome(scene.client.openMyInterview({ interviewId }, userCall()))).toBe('not-found')
  expect(await outcome(scene.client.openMyInterview({ interviewId }, company.owner))).toBe('not-found')

  const { token: fresh } = await scene.client.openMyInterview({ interviewId }, candidate)
  expect(await outcome(scene.client.viewLink({ token }, anyone()))).toBe('not-found')
  const view = await scene.client.viewLink({ token: fresh }, anyone())
  expect(view).toMatchObject({ status: 'submitted' })
  expect(JSON.stringify(view)).not.toMatch(/overall|"score"|analysis/)
})
