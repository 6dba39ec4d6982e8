import { jobsEvents } from '@cenopie/jobs-contract'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentText } from '../domain/consent.ts'
import { gate } from '../testing/gate.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'
import { solid } from '../testing/scripted-analyst.ts'

let scene: Scene
beforeAll(async () => {
  // One analysis at a time: while the first is held, everything else is queued.
  scene = await startScene({ analysisConcurrency: 1 })
})
afterAll(() => scene.app.close())

const withdrawConsent = ({ token }: Invitation) =>
  scene.client.decideConsent({ token, decision: 'withdrawn', version: consentText.version }, anyone())

const withdrawApplication = ({ applicationId, postingId, company, candidate }: Invitation) =>
  scene.app.deliver(jobsEvents.applicationWithdrawn, {
    entity: { id: applicationId, version: 9 },
    payload: {
      applicationId,
      postingId,
      companyId: company.id,
      companyName: 'Analytical Engines',
      title: 'Engineer',
      candidateId: candidate.actor.id,
      candidateName: 'Ada Lovelace',
      fromStage: 'interview',
    },
  })

test.each([
  { what: 'consent', withdraw: withdrawConsent, status: 'human-review' },
  { what: 'the application', withdraw: withdrawApplication, status: 'cancelled' },
])('when $what is withdrawn, queued answers are never read by an analyst', async ({ withdraw, status }) => {
  const held = gate()
  scene.analyst.play(async (input) => {
    await held.pass()
    return solid(input)
  })
  const [busy, invitation] = [await scene.invite(), await scene.invite()]
  await scene.complete(busy, { texts: ['This one keeps the worker busy.'] })
  await held.arrived
  await scene.complete(invitation, { texts: ['Nobody but people reads this.'] })
  const queued = await scene.review(invitation)
  expect(queued.questions[0]?.answer?.analysis).toMatchObject({ status: 'queued', attempts: 0 })

  await withdraw(invitation)
  held.open()
  await scene.app.idle()
  const review = await scene.review(invitation)
  expect(review.status).toBe(status)
  expect(review.questions[0]?.answer?.analysis).toMatchObject({
    status: 'cancelled',
    attempts: 0,
    scores: [],
  })
  expect(scene.analyst.asked.filter(({ input }) => input.answer.startsWith('Nobody'))).toEqual([])
  expect(await scene.count(interviewsEvents.analysed, busy.interviewId)).toBe(1)
  expect(await scene.count(interviewsEvents.analysed, invitation.interviewId)).toBe(0)
})

test('consent is looked up before the analyst is asked and before a score is kept, whatever else was cancelled', async () => {
  const held = gate()
  scene.analyst.play(async (input) => {
    await held.pass()
    return solid(input)
  })
  const [running, queued] = [await scene.invite(), await scene.invite()]
  await scene.complete(running, { texts: ['This one is being read.'] })
  await held.arrived
  await scene.complete(queued, { texts: ['This one still waits.'] })
  const ids = [running.interviewId, queued.interviewId]
  await scene.app.sql(`UPDATE interview SET consent = 'withdrawn' WHERE id = ANY($1::uuid[])`, [ids])
  held.open()
  await scene.app.idle()
  expect(scene.analyst.asked.filter(({ input }) => input.answer === 'This one still waits.')).toEqual([])
  for (const invitation of [running, queued]) {
    const { questions } = await scene.review(invitation)
    expect(questions[0]?.answer?.analysis.scores).toEqual([])
    expect(await scene.count(interviewsEvents.analysed, invitation.interviewId)).toBe(0)
  }
})
