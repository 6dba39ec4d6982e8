import { interviewsEvents } from '@cenopie/interviews-contract'
import { listDeadLetters, replay } from '@cenopie/platform-outbox'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AnalysisError } from '../domain/analyst.ts'
import { consentText } from '../domain/consent.ts'
import { gate } from '../testing/gate.ts'
import { outcome } from '../testing/outcome.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'
import { solid } from '../testing/scripted-analyst.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
beforeEach(() => scene.analyst.play((input) => Promise.resolve(solid(input))))
afterAll(() => scene.app.close())

const { analysed, analysisFailed } = interviewsEvents
const outage = () => Promise.reject(new AnalysisError('provider-unavailable', 'The provider answers 503.'))
const analysisOf = async (invitation: Invitation, at = 0) =>
  (await scene.review(invitation)).questions[at]?.answer?.analysis
const actions = async ({ interviewId, company }: Invitation) => {
  const { items } = await scene.client.listAuditTrail({ interviewId, limit: 100 }, company.owner)
  return items.map(({ action }) => action)
}

test('scores are kept with quotes at their place and with what produced them', async () => {
  const answer = 'We had an outage. I took responsibility for it, and wrote the post-mortem.'
  const scores: Record<string, number> = { Ownership: 4, Clarity: 2, Motivation: 1 }
  scene.analyst.play((input) =>
    Promise.resolve({
      ...solid(input),
      criteria: input.criteria.map(({ id, name }) => ({
        criterionId: id,
        score: scores[name] ?? 0,
        rationale: `${name} is told.`,
        quotes: [{ text: 'I took responsibility' }, { text: 'I saved the company' }],
      })),
    }),
  )
  const invitation = await scene.submit({ texts: [answer, 'I like engines.'] })
  await scene.app.idle()

  const review = await scene.review(invitation)
  // (4·3 + 2·1 + 1·1) / (3 + 1 + 1)
  expect(review).toMatchObject({ status: 'analysed', overall: 3, aiOverall: 3, templateVersion: 1 })
  expect(review.questions[0]?.answer?.analysis).toMatchObject({
    status: 'done',
    attempts: 1,
    analyst: 'scripted',
    model: 'script-1',
    promptVersion: 'prompt-7',
    rubricVersion: 1,
    score: 3.5,
    cost: { inputTokens: 100, outputTokens: 20, amountUsd: 0.001 },
    scores: [
      { name: 'Ownership', score: 4, weight: 3 },
      { name: 'Clarity', score: 2 },
    ],
  })
  const [ownership] = review.questions[0]?.answer?.analysis.scores ?? []
  expect(ownership?.quotes).toEqual([{ text: 'I took responsibility', start: 18, end: 39 }])
  expect(answer.slice(18, 39)).toBe('I took responsibility')
  expect(ownership?.droppedQuotes).toBe(1)
  expect(await analysisOf(invitation, 1)).toMatchObject({ scores: [{ quotes: [], droppedQuotes: 2 }] })

  const events = (await scene.app.published(analysed)).filter(
    ({ entity }) => entity.id === invitation.interviewId,
  )
  expect(events).toMatchObject([
    { payload: { candidateName: 'Ada Lovelace', invitedBy: invitation.company.recruiter.actor.id } },
  ])
  expect(await actions(invitation)).toEqual([
    'interview.invited',
    'consent.given',
    'interview.submitted',
    'answer.analysed',
    'answer.analysed',
    'interview.analysed',
  ])
})

test('an analyst that fails twice is asked a third time, with the same key', async () => {
  const before = scene.analyst.asked.length
  let failures = 2
  scene.analyst.play((input) => (failures-- > 0 ? outage() : Promise.resolve(solid(input))))
  const invitation = await scene.submit({ texts: ['I took responsibility for it.'] })
  await scene.app.idle()
  const analysis = await analysisOf(invitation)
  expect(analysis).toMatchObject({ status: 'done', attempts: 3 })
  expect(analysis).not.toHaveProperty('reason')
  const keys = scene.analyst.asked.slice(before).map(({ options }) => options.idempotencyKey)
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
  expect(await scene.count(analysed, invitation.interviewId)).toBe(1)
  expect(await scene.count(analysisFailed, invitation.interviewId)).toBe(0)
})

test('what fails for good is said once, and works after a retry of each failed answer', async () => {
  scene.analyst.play(outage)
  const invitation = await scene.submit()
  const { interviewId, company, candidate } = invitation
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({ status: 'analysis-failed' })
  expect(await analysisOf(invitation)).toMatchObject({
    status: 'failed',
    attempts: 3,
    reason: 'The provider answers 503.',
  })
  const failures = (await scene.app.published(analysisFailed)).filter(
    ({ entity }) => entity.id === interviewId,
  )
  expect(failures).toMatchObject([{ payload: { reason: 'The provider answers 503.' } }])
  const mine = await scene.client.listMyInterviews({}, candidate)
  expect(mine.items).toMatchObject([{ status: 'submitted' }])

  scene.analyst.play((input) => Promise.resolve(solid(input)))
  const { questions } = await scene.review(invitation)
  const ids = questions.map(({ answer }) => answer?.id ?? '')
  const retry = (answerId = '') => scene.client.retryAnalysis({ interviewId, answerId }, company.recruiter)
  expect(await retry(ids[0])).toMatchObject({ status: 'analysis-failed' })
  await scene.app.idle()
  expect(await analysisOf(invitation)).toMatchObject({ status: 'done', attempts: 4 })
  expect(await outcome(retry(ids[0]))).toBe('interviews.not-failed')
  expect(await retry(ids[1])).toMatchObject({ status: 'submitted' })
  await scene.app.idle()
  expect(await scene.review(invitation)).toMatchObject({ status: 'analysed', overall: 3 })
  expect(await scene.count(analysed, interviewId)).toBe(1)
  expect(await outcome(retry(ids[1]))).toBe('interviews.not-failed')
})

test('an operator who replays a dead letter after the retry repeats nothing', async () => {
  scene.analyst.play(outage)
  const invitation = await scene.submit({ texts: ['I took responsibility for it.'] })
  const { interviewId, company } = invitation
  await scene.app.idle()
  scene.analyst.play((input) => Promise.resolve(solid(input)))
  const { questions } = await scene.review(invitation)
  const answerId = questions[0]?.answer?.id ?? ''
  await scene.client.retryAnalysis({ interviewId, answerId }, company.recruiter)
  await scene.app.idle()
  const asked = scene.analyst.asked.length
  const own = scene.app.platform.database('interviews')
  const [dead] = await listDeadLetters(own, 1)
  expect(dead && (await replay(own, dead.id, dead.consumer))).toBe(true)
  await scene.app.idle()
  expect(scene.analyst.asked.length).toBe(asked)
  expect(await scene.count(analysed, interviewId)).toBe(1)
})

test('a refusal that no further try can change spends one try', async () => {
  const refused = new AnalysisError('language-unsupported', 'This analyst reads English.')
  scene.analyst.play(() => Promise.reject(refused))
  const invitation = await scene.submit({ texts: ['Ich habe Verantwortung übernommen.'] })
  await scene.app.idle()
  expect(await analysisOf(invitation)).toMatchObject({
    status: 'failed',
    attempts: 1,
    reason: refused.message,
  })
  expect(await scene.count(analysisFailed, invitation.interviewId)).toBe(1)
})

test('an error of our own shows nothing of the inside', async () => {
  scene.analyst.play(() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7 key sk-secret')))
  const invitation = await scene.submit({ texts: ['I took responsibility for it.'] })
  await scene.app.idle()
  expect(JSON.stringify(await scene.review(invitation))).not.toContain('secret')
  expect(JSON.stringify(await scene.app.published(analysisFailed))).not.toContain('secret')
  expect(await analysisOf(invitation)).toMatchObject({
    reason: 'The analysis failed for a reason of our own.',
  })
})

test('a result off the scale or without a criterion is not kept', async () => {
  scene.analyst.play((input) => {
    const { criteria, ...rest } = solid(input)
    const [first, ...others] = criteria
    const off = first ? [{ ...first, score: 5 }, ...others] : []
    return Promise.resolve({ ...rest, criteria: input.question.includes('outage') ? off : [] })
  })
  const invitation = await scene.submit()
  await scene.app.idle()
  expect(await analysisOf(invitation)).toMatchObject({
    status: 'failed',
    reason: 'The analyst’s result scores “Ownership” off the scale.',
    scores: [],
  })
  expect(await analysisOf(invitation, 1)).toMatchObject({
    status: 'failed',
    reason: 'The analyst’s result does not score each criterion once.',
  })
})

test('text of a model that PostgreSQL cannot keep is made keepable', async () => {
  scene.analyst.play((input) => Promise.resolve({ ...solid(input), summary: 'a\u0000b\ud800c' }))
  const invitation = await scene.submit({ texts: ['I took responsibility for it.'] })
  await scene.app.idle()
  expect(await analysisOf(invitation)).toMatchObject({ status: 'done', summary: 'ab\ufffdc' })
})

test('when the last two answers end together, the interview is analysed once', async () => {
  for (let round = 0; round < 12; round += 1) {
    const both = gate(2)
    scene.analyst.play(async (input) => {
      await both.pass()
      return solid(input)
    })
    const invitation = await scene.submit()
    await both.arrived
    both.open()
    await scene.app.idle()
    expect(await scene.review(invitation)).toMatchObject({ status: 'analysed' })
    expect(await scene.count(analysed, invitation.interviewId)).toBe(1)
  }
})

test('submitting does not wait for the analysis, and consent withdrawn meanwhile stops what is under way', async () => {
  const held = gate(2)
  scene.analyst.play(async (input) => {
    await held.pass()
    return solid(input)
  })
  const invitation = await scene.submit()
  await held.arrived
  expect(await analysisOf(invitation)).toMatchObject({ status: 'running', attempts: 1 })
  const { token } = invitation
  await scene.client.decideConsent({ token, decision: 'withdrawn', version: consentText.version }, anyone())
  held.open()
  await scene.app.idle()
  const review = await scene.review(invitation)
  expect(review).toMatchObject({ status: 'human-review', consent: { state: 'withdrawn' } })
  expect(review.questions.map(({ answer }) => answer?.analysis)).toMatchObject([
    { status: 'cancelled', scores: [] },
    { status: 'cancelled', scores: [] },
  ])
  expect(await scene.count(analysed, invitation.interviewId)).toBe(0)
})

test('a decision taken meanwhile stops the analysis that is under way', async () => {
  const held = gate(2)
  scene.analyst.play(async (input) => {
    await held.pass()
    return solid(input)
  })
  const invitation = await scene.submit()
  await held.arrived
  const { interviewId, company } = invitation
  await scene.client.decideInterview(
    { interviewId, decision: 'reject', reason: 'Read it.' },
    company.recruiter,
  )
  held.open()
  await scene.app.idle()
  const review = await scene.review(invitation)
  expect(review).toMatchObject({ status: 'decided' })
  expect(review.questions[0]?.answer?.analysis).toMatchObject({ status: 'cancelled', scores: [] })
  expect(await scene.count(analysed, interviewId)).toBe(0)
})
