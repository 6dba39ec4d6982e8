import { interviewsEvents } from '@cenopie/interviews-contract'
import { callBy, userActor, userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome } from '../testing/outcome.ts'
import { anyone, startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

async function rejected(): Promise<Invitation> {
  const invitation = await scene.submit()
  await scene.app.idle()
  const { interviewId, company } = invitation
  const decision = { interviewId, decision: 'reject', reason: 'Not convinced.' } as const
  await scene.client.decideInterview(decision, company.recruiter)
  return invitation
}

const ask = ({ interviewId, candidate }: Invitation) =>
  scene.client.requestHumanReview({ interviewId, reason: 'The software misread me.' }, candidate)

test('a candidate asks once that a person looks again, and the company hears of it', async () => {
  const invitation = await rejected()
  const { interviewId, company, candidate } = invitation
  const outcomes = await Promise.all([outcome(ask(invitation)), outcome(ask(invitation))])
  expect(outcomes.toSorted()).toEqual(['interviews.human-review-requested', 'ok'])
  const events = (await scene.app.published(interviewsEvents.humanReviewRequested)).filter(
    ({ payload }) => payload.interviewId === interviewId,
  )
  expect(events).toMatchObject([
    { payload: { candidateId: candidate.actor.id, decidedBy: company.recruiter.actor.id } },
  ])
  const list = (state?: 'open' | 'resolved') =>
    scene.client.listHumanReviews({ companyId: company.id, ...(state && { state }) }, company.interviewer)
  expect((await list('open')).items).toMatchObject([
    {
      ...{ interviewId, state: 'open', reason: 'The software misread me.', candidateName: 'Ada Lovelace' },
      decidedBy: company.recruiter.actor.id,
    },
  ])
  expect((await list('resolved')).items).toEqual([])
  expect(await scene.review(invitation)).toMatchObject({ humanReview: 'open' })
  const insider = userActor({ id: candidate.actor.id, memberships: { [company.id]: 'owner' } })
  expect(await scene.client.listHumanReviews({ companyId: company.id }, callBy(insider))).toEqual({
    items: [],
  })
})

test('a review that changes the decision turns it round, with an entry and an event, once', async () => {
  const invitation = await rejected()
  const { interviewId, company } = invitation
  await ask(invitation)
  const resolve = () =>
    outcome(
      scene.client.resolveHumanReview(
        { interviewId, outcome: 'changed', explanation: 'The transcript was wrong.' },
        company.owner,
      ),
    )
  expect((await Promise.all([resolve(), resolve()])).toSorted()).toEqual([
    'interviews.human-review-resolved',
    'ok',
  ])
  expect(await scene.review(invitation)).toMatchObject({
    status: 'decided',
    decision: 'advance',
    decisionReason: 'The transcript was wrong.',
    decidedBy: company.owner.actor.id,
  })
  const { items } = await scene.client.listAuditTrail({ interviewId, limit: 100 }, company.owner)
  expect(items.filter(({ action }) => /^(human-review|decision)/.test(action))).toMatchObject([
    { action: 'human-review.requested', actor: { kind: 'candidate' } },
    {
      action: 'decision.changed',
      actor: { id: company.owner.actor.id },
      before: { decision: 'reject' },
      after: { decision: 'advance', reason: 'The transcript was wrong.' },
    },
    { action: 'human-review.resolved', after: { outcome: 'changed', decision: 'advance' } },
  ])
  expect(await scene.count(interviewsEvents.decisionChanged, interviewId)).toBe(1)
  expect(await scene.count(interviewsEvents.decided, interviewId)).toBe(1)
  const versions = [
    ...(await scene.app.published(interviewsEvents.humanReviewRequested)),
    ...(await scene.app.published(interviewsEvents.decisionChanged)),
  ]
    .filter(({ entity }) => entity.id === interviewId)
    .map(({ entity }) => entity.version)
  expect(versions).toEqual(versions.toSorted((a, b) => a - b))
})

test('a review may uphold, also before a decision; without one there is nothing to change', async () => {
  const invitation = await scene.submit({ consent: false })
  const { interviewId, company, candidate } = invitation
  await ask(invitation)
  const answer = { interviewId, explanation: 'People alone read it.' }
  const changed = scene.client.resolveHumanReview({ ...answer, outcome: 'changed' }, company.recruiter)
  expect(await outcome(changed)).toBe('interviews.not-decided')
  await scene.client.resolveHumanReview({ ...answer, outcome: 'upheld' }, company.recruiter)
  const data = await scene.client.viewMyInterviewData({ interviewId }, candidate)
  expect(data.humanReview).toMatchObject({
    state: 'resolved',
    outcome: 'upheld',
    explanation: 'People alone read it.',
  })
  expect(JSON.stringify(data)).not.toContain(company.recruiter.actor.id)
})

test('nobody asks before the submission, or for somebody else', async () => {
  const early = await scene.invite()
  expect(await outcome(ask(early))).toBe('interviews.not-reviewable')
  const { interviewId } = await rejected()
  const strange = scene.client.requestHumanReview({ interviewId, reason: 'Me.' }, userCall())
  expect(await outcome(strange)).toBe('not-found')
})

test('a candidate reads what is stored about them, and nothing that reviewers noted for themselves', async () => {
  const invitation = await scene.invite()
  const { interviewId, token, company, candidate } = invitation
  await scene.client.identifyMyself({ token, sex: 'male', ethnicity: 'declined' }, anyone())
  await scene.complete(invitation)
  await scene.app.idle()
  const card = { interviewId, scores: [], notes: 'Between us: odd.' }
  await scene.client.saveScorecard(card, company.interviewer)
  await scene.client.submitScorecard({ interviewId }, company.interviewer)
  const before = await scene.client.viewMyInterviewData({ interviewId }, candidate)
  expect(before).not.toHaveProperty('retainedUntil')
  const decision = { interviewId, decision: 'reject', reason: 'Between us.' } as const
  await scene.client.decideInterview(decision, company.recruiter)

  const data = await scene.client.viewMyInterviewData({ interviewId }, candidate)
  expect(data).toMatchObject({
    status: 'decided',
    templateVersion: 1,
    consents: [{ decision: 'given' }],
    answers: [
      {
        text: 'I took responsibility for it.',
        analysis: {
          analyst: 'scripted',
          model: 'script-1',
          promptVersion: 'prompt-7',
          rubricVersion: 1,
          scores: [
            {
              name: 'Ownership',
              score: 3,
              rationale: 'It is told.',
              quotes: [{ text: 'I took responsibility' }],
            },
            { name: 'Clarity' },
          ],
        },
      },
      {},
    ],
    overall: 3,
    scorecards: 1,
    decision: { decision: 'reject', by: 'person' },
    selfIdentification: { sex: 'male', ethnicity: 'declined' },
  })
  const decidedAt = Date.parse(data.decision?.at ?? '')
  expect(Date.parse(data.retainedUntil ?? '') - decidedAt).toBe(365 * 86_400_000)
  const told = JSON.stringify(data)
  for (const secret of ['Between us', company.interviewer.actor.id, company.recruiter.actor.id]) {
    expect(told).not.toContain(secret)
  }
  expect(await outcome(scene.client.viewMyInterviewData({ interviewId }, company.owner))).toBe('not-found')
  expect(await outcome(scene.client.viewMyInterviewData({ interviewId }, userCall()))).toBe('not-found')
})
