import { interviewsContract } from '@cenopie/interviews-contract'
import type { CallContext, UserActor } from '@cenopie/platform-contract'
import { callBy, userActor, userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome } from '../testing/outcome.ts'
import { content } from '../testing/content.ts'
import { startScene, type Invitation, type Scene } from '../testing/scene.ts'

type Call = CallContext<UserActor>

let scene: Scene
let invitation: Invitation
let answerId: string
beforeAll(async () => {
  scene = await startScene()
  invitation = await scene.submit()
  await scene.app.idle()
  answerId = (await scene.review(invitation)).questions[0]?.answer?.id ?? ''
})
afterAll(() => scene.app.close())

/** Every operation of the company's side, with an input that an owner may send. */
const operations = (): Record<string, (call: Call) => Promise<unknown>> => {
  const { client } = scene
  const { interviewId, company, template, postingId } = invitation
  const templateId = template.id
  const criterionId = template.questions[0]?.criteria[0]?.id ?? ''
  const scorecard = { interviewId, scores: [], notes: '' }
  const edit = { ...content, templateId, revision: 1_000_000 }
  const deadline = '2027-01-01T00:00:00Z'
  return {
    createTemplate: (call) => client.createTemplate({ companyId: company.id, ...content }, call),
    listTemplates: (call) => client.listTemplates({ companyId: company.id }, call),
    getTemplate: (call) => client.getTemplate({ templateId }, call),
    updateTemplate: (call) => client.updateTemplate(edit, call),
    publishTemplate: (call) => client.publishTemplate({ templateId }, call),
    archiveTemplate: (call) => client.archiveTemplate({ templateId }, call),
    assignTemplate: (call) => client.assignTemplate({ postingId, templateId }, call),
    getAssignedTemplate: (call) => client.getAssignedTemplate({ postingId }, call),
    listInterviews: (call) => client.listInterviews({ companyId: company.id }, call),
    reviewInterview: (call) => client.reviewInterview({ interviewId }, call),
    resendInvitation: (call) => client.resendInvitation({ interviewId }, call),
    extendDeadline: (call) => client.extendDeadline({ interviewId, deadline }, call),
    retryAnalysis: (call) => client.retryAnalysis({ interviewId, answerId }, call),
    overrideScore: (call) =>
      client.overrideScore({ interviewId, answerId, criterionId, score: 1, reason: 'r' }, call),
    saveScorecard: (call) => client.saveScorecard(scorecard, call),
    listScorecards: (call) => client.listScorecards({ interviewId }, call),
    submitScorecard: (call) => client.submitScorecard({ interviewId }, call),
    listAuditTrail: (call) => client.listAuditTrail({ interviewId }, call),
    compareInterviews: (call) => client.compareInterviews({ companyId: company.id, postingId }, call),
    exportInterview: (call) => client.exportInterview({ interviewId }, call),
    listHumanReviews: (call) => client.listHumanReviews({ companyId: company.id }, call),
    resolveHumanReview: (call) =>
      client.resolveHumanReview({ interviewId, outcome: 'upheld', explanation: 'e' }, call),
    getRetention: (call) => client.getRetention({ companyId: company.id }, call),
    setRetention: (call) => client.setRetention({ companyId: company.id, days: 365 }, call),
    eraseInterview: (call) => client.eraseInterview({ interviewId, reason: 'r' }, call),
    exportBiasAudit: (call) =>
      client.exportBiasAudit({ companyId: company.id, from: '2026-01-01', to: '2026-12-31' }, call),
    decideInterview: (call) => client.decideInterview({ interviewId, decision: 'reject', reason: 'r' }, call),
  }
}

test('no operation of the company’s side is forgotten here', () => {
  const users = Object.entries(interviewsContract.operations).filter(([, { access }]) => access === 'user')
  const ofCompany = users.filter(([, { path }]) => !path.startsWith('/api/v1/interviews/mine'))
  expect(Object.keys(operations()).toSorted()).toEqual(ofCompany.map(([name]) => name).toSorted())
})

const outcomes = async (call: () => Call) => {
  const seen: Record<string, string> = {}
  for (const [name, operation] of Object.entries(operations())) seen[name] = await outcome(operation(call()))
  return seen
}

/** Members whose role does not allow it are told so; to everybody else there is nothing. */
const interviewerMay = new Set([
  'listTemplates',
  'getTemplate',
  'getAssignedTemplate',
  'listInterviews',
  'reviewInterview',
  'saveScorecard',
  'listScorecards',
  'submitScorecard',
  'compareInterviews',
  'listHumanReviews',
  'getRetention',
])

test('interviewers read interviews and write scorecards, and do nothing else', async () => {
  const seen = await outcomes(() => invitation.company.interviewer)
  const expected = Object.keys(operations()).map((name) => [
    name,
    interviewerMay.has(name) ? 'ok' : 'forbidden',
  ])
  expect(seen).toEqual(Object.fromEntries(expected))
})

test.each(['a stranger', 'a member of another company', 'a member with an unknown role', 'the candidate'])(
  'to %s a company’s interviews and templates do not exist',
  async (who) => {
    const other = scene.company()
    const calls: Record<string, () => Call> = {
      'a stranger': () => userCall(),
      'a member of another company': () => other.owner,
      'a member with an unknown role': () => userCall({ memberships: { [invitation.company.id]: 'guest' } }),
      'the candidate': () => invitation.candidate,
    }
    const seen = await outcomes(calls[who] ?? (() => userCall()))
    expect(seen).toEqual(Object.fromEntries(Object.keys(operations()).map((name) => [name, 'not-found'])))
  },
)

test('a member who is the candidate does not see their own interview from the company’s side', async () => {
  const { id } = invitation.candidate.actor
  const call = () => callBy(userActor({ id, memberships: { [invitation.company.id]: 'owner' } }))
  const seen = await outcomes(call)
  const own = Object.keys(operations()).filter((name) =>
    /Interview$|Scorecards?$|Score$|retry|resend|extend|AuditTrail|HumanReview$/.test(name),
  )
  expect(own.map((name) => [name, seen[name]])).toEqual(own.map((name) => [name, 'not-found']))
  const { items } = await scene.client.listInterviews({ companyId: invitation.company.id }, call())
  expect(items).toEqual([])
})

test('an internal operation and a missing token get nowhere over HTTP', async () => {
  const { interviewId, company } = invitation
  const get = (url: string, actor?: UserActor) =>
    scene.app.http({ method: 'GET', url, ...(actor === undefined ? {} : { actor }) })
  expect((await get(`/api/v1/interviews/${interviewId}`)).status).toBe(401)
  expect((await get('/api/v1/interviews/mine')).status).toBe(401)
  expect((await get(`/api/v1/interviews?companyId=${company.id}`, company.owner.actor)).status).toBe(200)
  const internal = await get(`/internal/v1/interviews/${interviewId}`, company.owner.actor)
  expect([401, 403, 404]).toContain(internal.status)
})

test('an unknown field is refused by its name and changes nothing', async () => {
  const { company } = invitation
  const { status, body } = await scene.app.http({
    method: 'POST',
    url: '/api/v1/interviews/templates',
    actor: company.owner.actor,
    body: { companyId: company.id, ...content, name: 'Sneaky', status: 'published' },
  })
  expect(status).toBe(400)
  expect(body).toMatchObject({ errors: [{ field: 'status' }] })
  const { items } = await scene.client.listTemplates({ companyId: company.id, limit: 100 }, company.owner)
  expect(items.filter(({ name }) => name === 'Sneaky')).toEqual([])
})
