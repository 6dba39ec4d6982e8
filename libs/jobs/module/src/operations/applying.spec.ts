import { authContract } from '@cenopie/auth-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { callBy, fake, userActor, userCall } from '@cenopie/platform-testing'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { outcome, startScene } from '../scene.ts'
import type { Company, Scene } from '../scene.ts'

let scene: Scene
let company: Company

beforeAll(async () => {
  const person = { id: '', email: 'grace@example.com', name: 'Grace Hopper', emailVerified: true }
  const auth = fake(authContract, { getUser: ({ userId }) => Promise.resolve({ ...person, id: userId }) })
  scene = await startScene({ auth })
  company = await scene.company()
})
afterEach(() => void vi.restoreAllMocks())
afterAll(() => scene.app.close())

const questions = [
  { id: 'permit', prompt: 'May you work in the EU?', kind: 'yes-no' },
  { id: 'why', prompt: 'Why us?', kind: 'text', required: false },
] as const

test('an application keeps letter, answers and the profile as they are now', async () => {
  const { id: postingId } = await scene.open(company, { questions: [...questions] })
  const { id, candidate, application } = await scene.apply(postingId, {
    coverLetter: 'I wrote the first program.',
    answers: [{ questionId: 'permit', value: 'yes' }],
    considerForOthers: true,
  })

  expect(application).toMatchObject({
    stage: 'applied',
    companyName: company.name,
    coverLetter: 'I wrote the first program.',
    answers: [{ questionId: 'permit', prompt: 'May you work in the EU?', kind: 'yes-no', value: 'yes' }],
    considerForOthers: true,
    timeline: [{ stage: 'applied' }],
  })
  const seen = await scene.app.client.reviewApplication(
    { companyId: company.id, applicationId: id },
    company.interviewer,
  )
  expect(seen).toMatchObject({
    candidateId: candidate.actor.id,
    candidateName: 'Ada Lovelace',
    headline: 'Engineer',
    location: 'London',
    history: [{ to: 'applied', actor: { kind: 'user', id: candidate.actor.id } }],
  })
  const [event] = (await scene.app.published(jobsEvents.applicationSubmitted)).filter(
    ({ entity }) => entity.id === id,
  )
  expect(event).toMatchObject({
    entity: { id, version: 1 },
    payload: {
      applicationId: id,
      postingId,
      companyId: company.id,
      companyName: company.name,
      title: 'Backend engineer',
      candidateId: candidate.actor.id,
      candidateName: 'Ada Lovelace',
    },
  })
})

test('of ten applications by one person at once, one is written and told of', async () => {
  const { id: postingId } = await scene.open(company)
  const actor = userActor()
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => outcome(scene.app.client.apply({ postingId }, callBy(actor)))),
  )
  expect(outcomes.filter((one) => one === 'done')).toHaveLength(1)
  expect(outcomes.filter((one) => one === 'jobs.already-applied')).toHaveLength(9)
  const { items } = await scene.app.client.listApplications({ postingId }, company.recruiter)
  expect(items).toHaveLength(1)
  const events = await scene.app.published(jobsEvents.applicationSubmitted)
  expect(events.filter(({ payload }) => payload.postingId === postingId)).toHaveLength(1)
})

test('who has withdrawn may apply again; who was rejected may not', async () => {
  const { id: postingId } = await scene.open(company)
  const first = await scene.apply(postingId)
  const withdrawn = await scene.app.client.withdrawApplication({ applicationId: first.id }, first.candidate)
  expect(withdrawn).toMatchObject({
    stage: 'withdrawn',
    timeline: [{ stage: 'applied' }, { stage: 'withdrawn' }],
  })
  expect(await scene.app.published(jobsEvents.applicationWithdrawn)).toMatchObject([
    { entity: { id: first.id, version: 2 }, payload: { fromStage: 'applied', postingId } },
  ])
  expect(
    await outcome(scene.app.client.withdrawApplication({ applicationId: first.id }, first.candidate)),
  ).toBe('jobs.transition-not-allowed')

  const second = await scene.apply(postingId, {}, first.candidate.actor)
  expect(second.id).not.toBe(first.id)
  await scene.app.client.rejectApplication(
    { applicationId: second.id, fromStage: 'applied', reason: 'not-qualified' },
    company.recruiter,
  )
  expect(await outcome(scene.app.client.apply({ postingId }, first.candidate))).toBe('jobs.already-applied')
})

test('only open postings take applications', async () => {
  const apply = (postingId: string) => outcome(scene.app.client.apply({ postingId }, userCall()))
  const draft = await scene.draft(company)
  expect(await apply(draft.id)).toBe('not-found')
  const closed = await scene.open(company)
  await scene.app.client.closePosting({ postingId: closed.id }, company.recruiter)
  expect(await apply(closed.id)).toBe('jobs.posting-not-open')
  const over = await scene.open(company)
  await scene.pass(over.id)
  expect(await apply(over.id)).toBe('jobs.posting-not-open')
})

test('a posting that closes while the profile is read takes no application', async () => {
  const { id: postingId } = await scene.open(company)
  const summary = vi.spyOn(scene.users, 'getProfileSummary').mockImplementationOnce(async ({ userId }) => {
    await scene.app.client.closePosting({ postingId }, company.recruiter)
    return { userId, name: 'Ada Lovelace' }
  })
  expect(await outcome(scene.app.client.apply({ postingId }, userCall()))).toBe('jobs.posting-not-open')
  expect(summary).toHaveBeenCalledOnce()
})

test('an unverified address, a missing answer and a wrong one are refused before anybody is asked who applies', async () => {
  const { id: postingId } = await scene.open(company, { questions: [...questions] })
  const summary = vi.spyOn(scene.users, 'getProfileSummary')
  const unverified = scene.app.client.apply({ postingId }, userCall({ emailVerified: false }))
  expect(await outcome(unverified)).toBe('jobs.email-not-verified')
  const post = (answers: object[]) =>
    scene.app.http({
      method: 'POST',
      url: `/api/v1/jobs/postings/${postingId}/applications`,
      actor: userActor(),
      body: { answers },
    })
  expect(await post([])).toMatchObject({ status: 400, body: { errors: [{ field: 'answers' }] } })
  const wrong = await post([{ questionId: 'permit', value: 'perhaps' }])
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'answers.0.value' }] } })
  const twice = await post([
    { questionId: 'permit', value: 'yes' },
    { questionId: 'permit', value: 'no' },
  ])
  expect(twice).toMatchObject({ status: 400, body: { errors: [{ field: 'answers.1.questionId' }] } })
  expect(summary).not.toHaveBeenCalled()
})

test('somebody without a profile yet applies under the name of their account', async () => {
  const { id: postingId } = await scene.open(company)
  vi.spyOn(scene.users, 'getProfileSummary').mockRejectedValueOnce(new Fault(faults.notFound))
  await scene.apply(postingId)
  const { items } = await scene.app.client.listApplications({ postingId }, company.recruiter)
  expect(items).toMatchObject([{ candidateName: 'Grace Hopper' }])
})

test('when the users domain does not answer, nothing is half-written', async () => {
  const { id: postingId } = await scene.open(company)
  vi.spyOn(scene.users, 'getProfileSummary').mockRejectedValueOnce(new Fault(faults.unavailable))
  expect(await outcome(scene.app.client.apply({ postingId }, userCall()))).toBe('unavailable')
  const { items } = await scene.app.client.listApplications({ postingId }, company.recruiter)
  expect(items).toEqual([])
})

test('candidates list their own applications in pages, and no others', async () => {
  const actor = userActor()
  const made = []
  for (let count = 0; count < 3; count += 1) {
    const { id } = await scene.open(company)
    made.push((await scene.apply(id, {}, actor)).id)
    await scene.apply(id)
  }
  const call = callBy(actor)
  const first = await scene.app.client.listMyApplications({ limit: 2 }, call)
  const second = await scene.app.client.listMyApplications({ limit: 2, cursor: first.nextCursor }, call)
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.toReversed())
  expect(second).not.toHaveProperty('nextCursor')
  expect(await outcome(scene.app.client.listMyApplications({ cursor: 'AAAA' }, call))).toBe('invalid-input')
})
