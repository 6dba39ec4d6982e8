import { jobsEvents, stages } from '@cenopie/jobs-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome, startScene } from '../scene.ts'
import type { Company, Scene } from '../scene.ts'

let scene: Scene
let company: Company

beforeAll(async () => {
  scene = await startScene()
  company = await scene.company()
})
afterAll(() => scene.app.close())

const review = (applicationId: string) =>
  scene.app.client.reviewApplication({ companyId: company.id, applicationId }, company.recruiter)

test('an application goes its way to being hired; every step has its actor, its time and its event', async () => {
  const { id: applicationId, candidate, application } = await scene.applicationIn('offer', company)
  const hired = await scene.app.client.hireApplication({ applicationId }, company.admin)

  expect(hired).toMatchObject({ stage: 'hired', version: 5 })
  const recruiter = { kind: 'user', id: company.recruiter.actor.id }
  expect(hired.history).toMatchObject([
    { to: 'applied', actor: { id: candidate.actor.id } },
    { from: 'applied', to: 'screening', actor: recruiter },
    { from: 'screening', to: 'interview', actor: recruiter },
    { from: 'interview', to: 'offer', actor: recruiter },
    { from: 'offer', to: 'hired', actor: { id: company.admin.actor.id } },
  ])
  const ids = {
    ...{ applicationId, postingId: application.postingId, companyId: company.id, companyName: company.name },
    ...{ title: application.title, candidateId: candidate.actor.id, candidateName: 'Ada Lovelace' },
  }
  const advanced = (await scene.app.published(jobsEvents.applicationAdvanced)).filter(
    ({ entity }) => entity.id === applicationId,
  )
  const actedBy = company.recruiter.actor.id
  expect(advanced).toMatchObject([
    { entity: { version: 2 }, payload: { ...ids, fromStage: 'applied', toStage: 'screening', actedBy } },
    { entity: { version: 3 }, payload: { ...ids, fromStage: 'screening', toStage: 'interview', actedBy } },
    { entity: { version: 4 }, payload: { ...ids, fromStage: 'interview', toStage: 'offer', actedBy } },
  ])
  expect(await scene.app.published(jobsEvents.applicationHired)).toMatchObject([
    { entity: { version: 5 }, payload: { ...ids, actedBy: company.admin.actor.id } },
  ])
  const mine = await scene.app.client.getMyApplication({ applicationId }, candidate)
  expect(mine.timeline.map(({ stage }) => stage)).toEqual(stages.slice(0, 5))
})

test('of two decisions on the same stage at once one is taken', async () => {
  const { id: applicationId } = await scene.applicationIn('screening', company)
  const outcomes = await Promise.all([
    outcome(
      scene.app.client.advanceApplication(
        { applicationId, fromStage: 'screening', toStage: 'interview' },
        company.recruiter,
      ),
    ),
    outcome(
      scene.app.client.rejectApplication(
        { applicationId, fromStage: 'screening', reason: 'location' },
        company.admin,
      ),
    ),
  ])
  expect(outcomes.toSorted()).toEqual(['done', 'jobs.stage-moved'])
  const { history, version } = await review(applicationId)
  expect(history).toHaveLength(3)
  expect(version).toBe(3)
})

test('a step that the rule does not know is refused, and nothing is written', async () => {
  const { id: applicationId } = await scene.applicationIn('applied', company)
  const advance = (fromStage: 'applied' | 'interview', toStage: 'offer' | 'screening') =>
    outcome(scene.app.client.advanceApplication({ applicationId, fromStage, toStage }, company.recruiter))
  expect(await advance('applied', 'offer')).toBe('jobs.transition-not-allowed')
  expect(await advance('interview', 'offer')).toBe('jobs.stage-moved')
  expect(await outcome(scene.app.client.hireApplication({ applicationId }, company.owner))).toBe(
    'jobs.stage-moved',
  )
  expect((await review(applicationId)).history).toHaveLength(1)
})

test('a rejection tells the candidate the message and neither reason, notes nor who decided', async () => {
  const { id: applicationId, candidate } = await scene.applicationIn('applied', company)
  await scene.app.client.addApplicationNote({ applicationId, text: 'Overqualified?' }, company.recruiter)
  const rejected = await scene.app.client.rejectApplication(
    { applicationId, fromStage: 'applied', reason: 'pay-expectation', message: 'Thank you for your time.' },
    company.recruiter,
  )
  expect(rejected.rejection).toEqual({ reason: 'pay-expectation', message: 'Thank you for your time.' })

  const mine = await scene.app.client.getMyApplication({ applicationId }, candidate)

  expect(mine).toMatchObject({ stage: 'rejected', messageFromCompany: 'Thank you for your time.' })
  const shown = JSON.stringify(mine)
  expect(shown).not.toContain('pay-expectation')
  expect(shown).not.toContain('Overqualified')
  expect(shown).not.toContain(company.recruiter.actor.id)
  const [event] = (await scene.app.published(jobsEvents.applicationRejected)).filter(
    ({ entity }) => entity.id === applicationId,
  )
  expect(event?.payload).toMatchObject({ reason: 'pay-expectation', message: 'Thank you for your time.' })
})

test('a reason outside the list is refused by name', async () => {
  const { id } = await scene.applicationIn('applied', company)
  const { status, body } = await scene.app.http({
    method: 'POST',
    url: `/api/v1/jobs/applications/${id}/reject`,
    actor: company.recruiter.actor,
    body: { fromStage: 'applied', reason: 'did not like the tie' },
  })
  expect(status).toBe(400)
  expect(body).toMatchObject({ errors: [{ field: 'reason' }] })
})

test('recruiters list a posting by stage, in pages, with how many are in each', async () => {
  const { id: postingId } = await scene.open(company)
  const made = []
  for (let count = 0; count < 4; count += 1) made.push(await scene.apply(postingId))
  const [first, second, third, fourth] = made.map(({ id }) => id)
  await scene.app.client.advanceApplication(
    { applicationId: second as string, fromStage: 'applied', toStage: 'interview' },
    company.recruiter,
  )
  const list = (more: object) => scene.app.client.listApplications({ postingId, ...more }, company.recruiter)

  const applied = await list({ stage: 'applied', limit: 2 })
  expect(applied.items.map(({ id }) => id)).toEqual([fourth, third])
  const rest = await list({ stage: 'applied', limit: 2, cursor: applied.nextCursor })
  expect(rest.items.map(({ id }) => id)).toEqual([first])
  expect(rest).not.toHaveProperty('nextCursor')
  expect(rest.counts).toEqual({
    ...{ applied: 3, screening: 0, interview: 1, offer: 0, hired: 0, rejected: 0, withdrawn: 0 },
  })
  expect(await outcome(list({ cursor: 'AAAA' }))).toBe('invalid-input')
})

test('notes are read newest first, in pages', async () => {
  const { id: applicationId } = await scene.applicationIn('applied', company)
  for (const text of ['One', 'Two', 'Three']) {
    await scene.app.client.addApplicationNote({ applicationId, text }, company.recruiter)
  }
  const list = (cursor?: string) =>
    scene.app.client.listApplicationNotes(
      { applicationId, limit: 2, ...(cursor && { cursor }) },
      company.owner,
    )
  const first = await list()
  expect(first.items).toMatchObject([
    { text: 'Three', authorId: company.recruiter.actor.id },
    { text: 'Two' },
  ])
  expect((await list(first.nextCursor)).items).toMatchObject([{ text: 'One' }])
})

test('the stage history cannot be rewritten', async () => {
  const { id } = await scene.applicationIn('screening', company)
  const rewrite = (sql: string) => scene.app.sql(sql, [id])
  await expect(
    rewrite(`UPDATE stage_change SET to_stage = 'offer' WHERE application_id = $1`),
  ).rejects.toThrow('append-only')
  await expect(rewrite('DELETE FROM stage_change WHERE application_id = $1')).rejects.toThrow('append-only')
})
