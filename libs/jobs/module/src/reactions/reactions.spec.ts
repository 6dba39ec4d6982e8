import { randomUUID } from 'node:crypto'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import type { EventType } from '@cenopie/platform-contract'
import { usersContract } from '@cenopie/users-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome, startScene } from '../scene.ts'
import type { Applied, Company, Scene } from '../scene.ts'

let scene: Scene
let company: Company

beforeAll(async () => {
  scene = await startScene()
  company = await scene.company()
})
afterAll(() => scene.app.close())

const reviewer = randomUUID()

function decided({ id, candidate, application }: Applied, decision: 'advance' | 'reject') {
  const { postingId, companyId, companyName, title } = application
  return {
    entity: { id: randomUUID(), version: 7 },
    payload: {
      ...{ interviewId: randomUUID(), applicationId: id, postingId, companyId, companyName, title },
      ...{ candidateId: candidate.actor.id, candidateName: 'Ada Lovelace' },
      ...{ decision, reason: 'Knows the engine by heart.', decidedBy: reviewer },
    },
  }
}

const review = (applicationId: string) =>
  scene.app.client.reviewApplication({ companyId: company.id, applicationId }, company.recruiter)
const published = async (event: EventType, id: string) =>
  (await scene.app.published(event)).filter(({ entity }) => entity.id === id)

test('an interview decided for the candidate moves the application to offer, once', async () => {
  const applied = await scene.applicationIn('interview', company)
  const fact = decided(applied, 'advance')
  const id = randomUUID()

  await scene.app.deliver(interviewsEvents.decided, fact, { id })
  await scene.app.deliver(interviewsEvents.decided, fact, { id })
  await scene.app.deliver(interviewsEvents.decided, fact)

  const { stage, history, version } = await review(applied.id)
  expect({ stage, version }).toEqual({ stage: 'offer', version: 4 })
  expect(history.at(-1)).toMatchObject({
    from: 'interview',
    to: 'offer',
    actor: { kind: 'user', id: reviewer },
  })
  const advanced = await published(jobsEvents.applicationAdvanced, applied.id)
  expect(advanced.map(({ payload }) => payload)).toMatchObject([
    { toStage: 'screening' },
    { toStage: 'interview' },
    { fromStage: 'interview', toStage: 'offer', actedBy: reviewer },
  ])
})

test('an interview decided against the candidate rejects, and the reason stays with the interview', async () => {
  const applied = await scene.applicationIn('interview', company)
  await scene.app.deliver(interviewsEvents.decided, decided(applied, 'reject'))

  const detail = await review(applied.id)
  expect(detail).toMatchObject({ stage: 'rejected', rejection: { reason: 'interview-outcome' } })
  const rejected = await published(jobsEvents.applicationRejected, applied.id)
  expect(rejected).toMatchObject([{ payload: { reason: 'interview-outcome', actedBy: reviewer } }])
  const mine = await scene.app.client.getMyApplication({ applicationId: applied.id }, applied.candidate)
  expect(JSON.stringify({ detail, mine, rejected })).not.toContain('by heart')
  const kept = `SELECT 1 FROM stage_change WHERE application_id = $1 AND note IS NOT NULL`
  expect(await scene.app.sql(kept, [applied.id])).toEqual([])
})

test('a decision on an application that has left the interview stage changes nothing', async () => {
  const applied = await scene.applicationIn('interview', company)
  await scene.app.client.withdrawApplication({ applicationId: applied.id }, applied.candidate)
  await scene.app.deliver(interviewsEvents.decided, decided(applied, 'advance'))
  expect((await review(applied.id)).stage).toBe('withdrawn')

  const early = await scene.applicationIn('screening', company)
  await scene.app.deliver(interviewsEvents.decided, decided(early, 'reject'))
  expect((await review(early.id)).stage).toBe('screening')
})

function changed(applied: Applied, to: 'advance' | 'reject') {
  const { entity, payload } = decided(applied, to)
  const { reason: _reason, decision: _decision, ...facts } = payload
  const from = to === 'advance' ? ('reject' as const) : ('advance' as const)
  return { entity: { ...entity, version: 9 }, payload: { ...facts, from, to } }
}

test('a rejection whose decision was changed is seen on the application, and taken back by a person alone', async () => {
  const applied = await scene.applicationIn('interview', company)
  const { id: applicationId } = applied
  const back = () =>
    scene.app.client.advanceApplication(
      { applicationId, fromStage: 'rejected', toStage: 'offer' },
      company.recruiter,
    )
  await scene.app.deliver(interviewsEvents.decided, decided(applied, 'reject'))
  expect(await outcome(back())).toBe('jobs.transition-not-allowed')

  await scene.app.deliver(interviewsEvents.decisionChanged, changed(applied, 'advance'))
  const { stage, decisionChanged } = await review(applicationId)
  expect({ stage, decisionChanged }).toMatchObject({
    stage: 'rejected',
    decisionChanged: { to: 'advance', by: reviewer },
  })
  const mine = await scene.app.client.getMyApplication({ applicationId }, applied.candidate)
  expect(mine).not.toHaveProperty('decisionChanged')

  const reinstated = await back()
  expect(reinstated.stage).toBe('offer')
  expect(reinstated).not.toHaveProperty('rejection')
  expect(reinstated).not.toHaveProperty('decisionChanged')
  // Used once: a later rejection is final again.
  const rejection = { applicationId, fromStage: 'offer', reason: 'position-cancelled' } as const
  await scene.app.client.rejectApplication(rejection, company.recruiter)
  expect(await outcome(back())).toBe('jobs.transition-not-allowed')
})

test('a change that is heard of before its decision still stands when that has moved the application', async () => {
  const applied = await scene.applicationIn('interview', company)
  await scene.app.deliver(interviewsEvents.decisionChanged, changed(applied, 'reject'))
  await scene.app.deliver(interviewsEvents.decided, decided(applied, 'advance'))
  const { stage, decisionChanged } = await review(applied.id)
  expect([stage, decisionChanged?.to]).toEqual(['offer', 'reject'])
})

test('who has withdrawn, or is of another company, is not shown as waiting', async () => {
  const [withdrawn, other] = [
    await scene.applicationIn('interview', company),
    await scene.applicationIn('interview', company),
  ]
  await scene.app.client.withdrawApplication({ applicationId: withdrawn.id }, withdrawn.candidate)
  const { entity, payload } = changed(other, 'advance')
  const foreign = { entity, payload: { ...payload, companyId: randomUUID() } }
  await scene.app.deliver(interviewsEvents.decisionChanged, changed(withdrawn, 'advance'))
  await scene.app.deliver(interviewsEvents.decisionChanged, foreign)
  for (const { id } of [withdrawn, other]) expect(await review(id)).not.toHaveProperty('decisionChanged')
})

test('who erases their profile is forgotten, and what was open is withdrawn', async () => {
  const { id: postingId } = await scene.open(company)
  const applied = await scene.apply(postingId, { coverLetter: 'All about me' })
  const { id: applicationId, candidate } = applied
  await scene.app.client.addApplicationNote({ applicationId, text: 'Ada again' }, company.recruiter)
  const bystander = await scene.apply(postingId)
  const userId = candidate.actor.id
  const payload = { userId, receiptId: randomUUID(), erasedAt: new Date().toISOString() }

  const fact = { entity: { id: userId, version: 9 }, payload }
  await scene.app.deliver(usersContract.events.profileErased, fact)
  await scene.app.deliver(usersContract.events.profileErased, fact)

  const detail = await review(applicationId)
  expect(detail).toMatchObject({ stage: 'withdrawn', candidateName: 'Deleted account', answers: [] })
  expect(detail.history).toHaveLength(2)
  for (const field of ['coverLetter', 'headline', 'location']) expect(detail).not.toHaveProperty(field)
  const notes = await scene.app.client.listApplicationNotes({ applicationId }, company.recruiter)
  expect(notes.items).toEqual([])
  expect(await published(jobsEvents.applicationWithdrawn, applicationId)).toHaveLength(1)
  expect((await review(bystander.id)).candidateName).toBe('Ada Lovelace')
})
