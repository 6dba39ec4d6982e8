import { interviewsEvents } from '@cenopie/interviews-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentText } from '../domain/consent.ts'
import { outcome } from '../testing/outcome.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

type Decision = 'given' | 'declined' | 'withdrawn'
const { version } = consentText
const decide = ({ token }: Invitation, decision: Decision, text = version) =>
  scene.client.decideConsent({ token, decision, version: text }, anyone())

test.each([
  { decisions: [], analysed: false },
  { decisions: ['given'], analysed: true },
  { decisions: ['given', 'given'], analysed: true },
  { decisions: ['declined'], analysed: false },
  { decisions: ['withdrawn'], analysed: false },
  { decisions: ['given', 'withdrawn'], analysed: false },
  { decisions: ['given', 'declined'], analysed: false },
] satisfies { decisions: Decision[]; analysed: boolean }[])(
  'after $decisions an analyst reads the answers: $analysed',
  async ({ decisions, analysed }) => {
    const invitation = await scene.invite()
    const before = scene.analyst.asked.length
    for (const decision of decisions) await decide(invitation, decision)
    await scene.answer(invitation, 'I took responsibility for it.')
    const submission = await scene.client.submitInterview({ token: invitation.token }, anyone())
    expect(submission.alternativeProcess).toBe(!analysed)

    await scene.app.idle()
    expect(scene.analyst.asked.length - before).toBe(analysed ? 1 : 0)
    const review = await scene.review(invitation)
    expect(review.status).toBe(analysed ? 'analysed' : 'human-review')
    expect(review.questions[0]?.answer?.analysis.status).toBe(analysed ? 'done' : 'none')
    expect(await scene.count(interviewsEvents.analysed, invitation.interviewId)).toBe(analysed ? 1 : 0)
    const [event] = (await scene.app.published(interviewsEvents.submitted)).slice(-1)
    expect(event?.payload).toMatchObject({ interviewId: invitation.interviewId, humanReview: !analysed })
  },
)

test.each(['declined', 'withdrawn'] as const)('%s is final', async (decision) => {
  const invitation = await scene.invite()
  await decide(invitation, decision)
  expect(await outcome(decide(invitation, 'given'))).toBe('interviews.consent-final')
  expect(await decide(invitation, decision)).toMatchObject({ state: decision, alternativeProcess: true })
})

test('consent to a text that is not the present one is refused', async () => {
  const invitation = await scene.invite()
  expect(await outcome(decide(invitation, 'given', '2020-01'))).toBe('interviews.consent-outdated')
  expect((await scene.client.viewLink({ token: invitation.token }, anyone())).consent.state).toBe('none')
})

test('consent is withdrawn also after the link has expired, through a fresh one', async () => {
  const invitation = await scene.submit()
  await scene.app.idle()
  const { interviewId, candidate } = invitation
  await scene.app.sql(
    `UPDATE interview SET deadline = now() - interval '90 days', link_expires_at = now() - interval '60 days'
     WHERE id = $1`,
    [interviewId],
  )
  expect(await outcome(decide(invitation, 'withdrawn'))).toBe('interviews.link-expired')
  const { token } = await scene.client.openMyInterview({ interviewId }, candidate)
  expect(await decide({ ...invitation, token }, 'withdrawn')).toMatchObject({ state: 'withdrawn' })
  const { status, aiOverall } = await scene.review(invitation)
  expect({ status, aiOverall }).toEqual({ status: 'human-review', aiOverall: undefined })
})

test('consent cannot be given after the submission', async () => {
  const invitation = await scene.submit({ consent: false })
  expect(await outcome(decide(invitation, 'given'))).toBe('interviews.already-submitted')
  expect(await scene.review(invitation)).toMatchObject({ status: 'human-review', alternativeProcess: true })
})

test('every decision is kept with its text version and time, and is never changed', async () => {
  const invitation = await scene.invite()
  await decide(invitation, 'given')
  await decide(invitation, 'withdrawn')
  const [given, withdrawn] = await scene.app.sql(
    'SELECT decision, text_version, at FROM consent WHERE interview_id = $1 ORDER BY id',
    [invitation.interviewId],
  )
  expect(given).toMatchObject({ decision: 'given', text_version: version, at: expect.any(Date) })
  expect(withdrawn).toMatchObject({ decision: 'withdrawn', text_version: version })
  const own = scene.app.platform.database('interviews')
  await expect(own.query(`UPDATE consent SET decision = 'given'`)).rejects.toThrow('append-only')
})

test('withdrawing after the analysis deletes its scores and leaves the interview to people', async () => {
  const invitation = await scene.submit()
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({ status: 'analysed', overall: 3 })
  await decide(invitation, 'withdrawn')
  const review = await scene.review(invitation)
  expect(review).toMatchObject({
    status: 'human-review',
    consent: { state: 'withdrawn' },
    alternativeProcess: true,
  })
  expect(review).not.toHaveProperty('overall')
  expect(review).not.toHaveProperty('aiOverall')
  expect(review.questions[0]?.answer?.analysis).toMatchObject({ status: 'cancelled', scores: [] })
  expect(
    await scene.app.sql(
      'SELECT 1 FROM score s JOIN answer a ON a.id = s.answer_id WHERE a.interview_id = $1',
      [invitation.interviewId],
    ),
  ).toEqual([])
})

test('withdrawing after the decision is recorded and leaves what the decision rests on', async () => {
  const invitation = await scene.submit()
  await scene.app.idle()
  const { interviewId, company } = invitation
  await scene.client.decideInterview(
    { interviewId, decision: 'advance', reason: 'Clear.' },
    company.recruiter,
  )
  await decide(invitation, 'withdrawn')
  expect(await scene.review(invitation)).toMatchObject({
    status: 'decided',
    overall: 3,
    consent: { state: 'withdrawn' },
  })
})
