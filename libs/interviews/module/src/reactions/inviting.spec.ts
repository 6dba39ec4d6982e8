import { createHash, randomUUID } from 'node:crypto'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { profileErased } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isErasedCandidate } from '../data/erased-candidates.ts'
import { insertInterview } from '../data/interviews.ts'
import { lockPosting } from '../data/postings.ts'
import { gate } from '../testing/gate.ts'
import { outcome } from '../testing/outcome.ts'
import { content } from '../testing/content.ts'
import { anyone, startScene, type Company, type Scene } from '../testing/scene.ts'

let scene: Scene
let company: Company
beforeAll(async () => {
  scene = await startScene()
  company = scene.company()
})
afterAll(() => scene.app.close())

async function assigned() {
  const postingId = scene.open(company)
  const { id: templateId } = await scene.published(company)
  await scene.client.assignTemplate({ postingId, templateId }, company.recruiter)
  return { postingId, templateId }
}

const interviewsOf = (applicationId: string) =>
  scene.app.sql<{ id: string; status: string; token_hash: string | null }>(
    'SELECT * FROM interview WHERE application_id = $1 ORDER BY id',
    [applicationId],
  )

test('an application that reaches the interview stage is invited with a link and a deadline', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await application.advance()
  const invitation = await scene.invitationOf(application.applicationId)
  expect(invitation).toMatchObject({
    postingId,
    companyId: company.id,
    companyName: 'Analytical Engines',
    title: 'Engineer',
    candidateId: application.candidateId,
    candidateName: 'Ada Lovelace',
  })
  expect(invitation?.modes).toEqual(['text'])
  expect(invitation?.token).toMatch(/^[\w-]{43}$/)
  const days = (Date.parse(invitation?.deadline ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(6.9)
  expect(days).toBeLessThanOrEqual(7)
})

test('only the hash of the token is kept', async () => {
  const { interviewId, token } = await scene.invite(company)
  const [row] = await scene.app.sql<{ row: string; token_hash: string }>(
    'SELECT token_hash, interview::text AS row FROM interview WHERE id = $1',
    [interviewId],
  )
  expect(row?.token_hash).toBe(createHash('sha256').update(token).digest('hex'))
  expect(row?.row).not.toContain(token)
})

test('the same event twice, and the same stage again, invite once', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  const id = randomUUID()
  await Promise.all([application.advance(3, 'interview', id), application.advance(3, 'interview', id)])
  await application.advance(3, 'interview', id)
  await application.advance(4, 'screening')
  await application.advance(5)
  expect(await interviewsOf(application.applicationId)).toHaveLength(1)
  const events = await scene.app.published(interviewsEvents.invited)
  expect(events.filter(({ payload }) => payload.applicationId === application.applicationId)).toHaveLength(1)
})

test('another stage invites nobody', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await application.advance(2, 'screening')
  expect(await interviewsOf(application.applicationId)).toEqual([])
})

test('without a template the application waits, unseen by its candidate, until one is assigned', async () => {
  const postingId = scene.open(company)
  const application = scene.application(company, postingId)
  await application.advance()
  expect(await interviewsOf(application.applicationId)).toMatchObject([
    { status: 'waiting', token_hash: null },
  ])
  expect(await scene.client.listMyInterviews({}, application.candidate)).toEqual({ items: [] })

  const { id: templateId } = await scene.published(company)
  const assign = () => scene.client.assignTemplate({ postingId, templateId }, company.recruiter)
  expect(await assign()).toMatchObject({ invited: 1 })
  expect(await assign()).toMatchObject({ invited: 0 })
  expect(await interviewsOf(application.applicationId)).toMatchObject([{ status: 'invited' }])
  expect(await scene.invitationOf(application.applicationId)).toBeDefined()
})

test('applications that arrive while the template is assigned are all invited, none twice', async () => {
  const postingId = scene.open(company)
  const { id: templateId } = await scene.published(company)
  const applications = Array.from({ length: 12 }, () => scene.application(company, postingId))
  await Promise.all([
    ...applications.map((application) => application.advance()),
    scene.client.assignTemplate({ postingId, templateId }, company.recruiter),
  ])
  const events = await scene.app.published(interviewsEvents.invited)
  const invited = events.filter(({ payload }) => payload.postingId === postingId)
  expect(invited.map(({ payload }) => payload.applicationId).toSorted()).toEqual(
    applications.map(({ applicationId }) => applicationId).toSorted(),
  )
})

test('an application that arrives in the very moment is not missed by the assignment', async () => {
  const postingId = scene.open(company)
  const { id: templateId } = await scene.published(company)
  await scene.application(company, postingId).advance()
  const held = gate()
  const arriving = scene.application(company, postingId)
  const arrival = scene.app.platform.database('interviews').transaction(async (tx) => {
    await lockPosting(tx, postingId, company.id)
    await insertInterview(tx, arriving, new Date())
    await held.pass()
  })
  await held.arrived
  const assignment = scene.client.assignTemplate({ postingId, templateId }, company.recruiter)
  let settled = false
  void assignment.finally(() => (settled = true))
  await vi.waitUntil(async () => settled || (await scene.waitsForLock()))
  held.open()
  await arrival
  expect(await assignment).toMatchObject({ invited: 2 })
})

test('an invited interview keeps its version when the template changes; the next one gets the new version', async () => {
  const before = await scene.invite(company)
  const { id: templateId, revision } = before.template
  const renamed = { templateId, ...content, questions: content.questions.slice(0, 1), revision }
  await scene.client.updateTemplate(renamed, company.recruiter)
  const between = scene.application(company, before.postingId)
  await between.advance()
  await scene.client.publishTemplate({ templateId }, company.recruiter)
  const after = scene.application(company, before.postingId)
  await after.advance()

  const seen = async (token: string) => (await scene.client.viewLink({ token }, anyone())).questions.length
  expect(await seen(before.token)).toBe(2)
  expect(await seen((await scene.invitationOf(between.applicationId))?.token ?? '')).toBe(2)
  expect(await seen((await scene.invitationOf(after.applicationId))?.token ?? '')).toBe(1)
})

test.each(['withdraw', 'reject'] as const)('%s cancels the interview', async (end) => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await application.advance()
  const { token = '', interviewId = '' } = (await scene.invitationOf(application.applicationId)) ?? {}
  await application[end]()
  await application[end]()
  expect(await interviewsOf(application.applicationId)).toMatchObject([{ status: 'cancelled' }])
  expect(await scene.client.viewLink({ token }, anyone())).toMatchObject({ status: 'cancelled' })
  expect(await outcome(scene.client.submitInterview({ token }, anyone()))).toBe('interviews.cancelled')
  const { items } = await scene.client.listAuditTrail({ interviewId }, company.owner)
  expect(items.map(({ action }) => action)).toEqual(['interview.invited', 'interview.cancelled'])
})

test('a withdrawal that is heard before the invitation it follows leaves nobody invited', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await application.withdraw(4)
  await application.advance(3)
  expect(await interviewsOf(application.applicationId)).toEqual([])
})

test('a cancelled interview is followed by another when the application comes back', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await application.advance(3)
  await application.withdraw(4)
  await application.advance(6)
  expect(await interviewsOf(application.applicationId)).toMatchObject([
    { status: 'cancelled' },
    { status: 'invited' },
  ])
})

test('a rejection that follows from the decision leaves the decided interview as it is', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await application.advance()
  await scene.app.sql(`UPDATE interview SET status = 'decided' WHERE application_id = $1`, [
    application.applicationId,
  ])
  await application.reject()
  expect(await interviewsOf(application.applicationId)).toMatchObject([{ status: 'decided' }])
})

const erase = (userId: string) =>
  scene.app.deliver(profileErased, {
    entity: { id: userId, version: 9 },
    payload: { userId, receiptId: randomUUID(), erasedAt: '2026-11-23T00:00:00Z' },
  })
test('an application that advances after its candidate was erased brings nobody back', async () => {
  const { postingId } = await assigned()
  const application = scene.application(company, postingId)
  await erase(application.candidateId)
  await application.advance()
  await scene.app.idle()
  expect(await interviewsOf(application.applicationId)).toEqual([])
  expect(await scene.invitationOf(application.applicationId)).toBeUndefined()
})

test('what is being written of a candidate while they are erased is found by the erasure', async () => {
  const { postingId } = await assigned()
  const { candidateId, candidateName, applicationId, companyName, title } = scene.application(
    company,
    postingId,
  )
  const arriving = { candidateId, candidateName, applicationId, postingId, companyId: company.id }
  const held = gate()
  const arrival = scene.app.platform.database('interviews').transaction(async (tx) => {
    expect(await isErasedCandidate(tx, candidateId)).toBe(false)
    await insertInterview(tx, { ...arriving, companyName, title }, new Date())
    await held.pass()
  })
  await held.arrived
  let settled = false
  const erasure = erase(candidateId).finally(() => (settled = true))
  await vi.waitUntil(async () => settled || (await scene.waitsForLock()), { timeout: 10_000 })
  // An erasure that did not wait has seen all there was by now.
  if (settled) await scene.app.idle()
  held.open()
  await Promise.all([arrival, erasure])
  await scene.app.idle()
  const left = await scene.app.sql('SELECT 1 FROM interview WHERE candidate_id = $1', [candidateId])
  expect(left).toEqual([])
})
