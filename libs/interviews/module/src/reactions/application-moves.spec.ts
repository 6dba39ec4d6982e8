import { interviewsEvents } from '@cenopie/interviews-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScene, type Company, type Completion, type Scene } from '../testing/scene.ts'

let scene: Scene
let company: Company
beforeAll(async () => {
  scene = await startScene()
  company = scene.company()
})
afterAll(() => scene.app.close())

const rejectedAt = '2026-11-20T10:00:00.000Z'

/** Submitted, and analysed or left to people; with the ways that jobs has to move its application. */
async function submitted(completion?: Completion) {
  const invitation = await scene.invite(company)
  await scene.complete(invitation, completion)
  await scene.app.idle()
  return invitation
}

const trailOf = async (interviewId: string) =>
  (await scene.client.listAuditTrail({ interviewId, limit: 100 }, company.owner)).items

test('who is rejected on the board after the scoring has a decided interview, and every right that follows', async () => {
  const invitation = await submitted()
  const { interviewId, candidate, application } = invitation
  await application.reject(4, 'interview', rejectedAt)

  expect(await scene.review(invitation)).toMatchObject({
    ...{ status: 'decided', decision: 'reject', overall: 3 },
    ...{ decidedBy: company.recruiter.actor.id, decidedAt: rejectedAt },
    decisionReason: 'The application was rejected: other.',
  })
  expect((await trailOf(interviewId)).at(-1)).toMatchObject({
    ...{ action: 'interview.decided', at: rejectedAt, before: { status: 'analysed' } },
    after: { status: 'decided', decision: 'reject', because: 'jobs.application-rejected' },
  })
  const day = rejectedAt.slice(0, 10)
  const audit = { companyId: company.id, from: day, to: day }
  expect(await scene.client.exportBiasAudit(audit, company.owner)).toMatchObject({ applicants: 1 })
  expect(await scene.client.viewMyInterviewData({ interviewId }, candidate)).toMatchObject({
    decision: { decision: 'reject', by: 'person', at: rejectedAt },
    retainedUntil: new Date(Date.parse(rejectedAt) + 365 * 86_400_000).toISOString(),
  })

  await scene.client.requestHumanReview({ interviewId, reason: 'The software misread me.' }, candidate)
  const changed = { interviewId, outcome: 'changed', explanation: 'It did.' } as const
  await scene.client.resolveHumanReview(changed, company.owner)
  expect(await scene.review(invitation)).toMatchObject({ decision: 'advance' })
  expect(await scene.count(interviewsEvents.decisionChanged, interviewId)).toBe(1)
})

test('who was waiting for a human review is told that the decision stands', async () => {
  const { interviewId, candidate, application } = await submitted({ consent: false })
  await scene.client.requestHumanReview({ interviewId, reason: 'Look again.' }, candidate)
  await application.reject()
  const upheld = { interviewId, outcome: 'upheld', explanation: 'We did.' } as const
  expect(await scene.client.resolveHumanReview(upheld, company.owner)).toMatchObject({ decision: 'reject' })
})

test('an application that goes on without the interview’s decision is one, once, and jobs is not told of it', async () => {
  const offered = await submitted()
  await offered.application.advance(4, 'offer')
  const { decidedAt } = await scene.review(offered)
  await offered.application.hire(5)
  await offered.application.reject(6)
  expect(await scene.review(offered)).toMatchObject({ status: 'decided', decision: 'advance', decidedAt })
  const decided = (await trailOf(offered.interviewId)).filter(({ action }) => action === 'interview.decided')
  expect(decided).toHaveLength(1)

  const hired = await submitted()
  await hired.application.hire(5)
  await hired.application.advance(4, 'offer')
  expect(await scene.review(hired)).toMatchObject({ status: 'decided', decision: 'advance' })
  for (const { interviewId } of [offered, hired]) {
    expect(await scene.count(interviewsEvents.decided, interviewId)).toBe(0)
  }
})

test('a rejection after an offer that was not heard of yet leaves the interview advanced', async () => {
  const invitation = await submitted()
  await invitation.application.reject(5, 'offer')
  expect(await scene.review(invitation)).toMatchObject({ status: 'decided', decision: 'advance' })
})

test('what was not submitted, or is withdrawn, is cancelled, from then on', async () => {
  const [offered, withdrawn] = [await scene.invite(company), await submitted()]
  await offered.application.advance(4, 'offer')
  await withdrawn.application.withdraw()
  for (const { interviewId, candidate } of [offered, withdrawn]) {
    const cancelled = (await trailOf(interviewId)).at(-1)
    expect(cancelled).toMatchObject({ action: 'interview.cancelled' })
    const data = await scene.client.viewMyInterviewData({ interviewId }, candidate)
    expect(data).toMatchObject({
      status: 'cancelled',
      retainedUntil: new Date(Date.parse(cancelled?.at ?? '') + 365 * 86_400_000).toISOString(),
    })
  }
})
