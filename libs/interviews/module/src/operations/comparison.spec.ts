import { newId } from '@cenopie/platform-database'
import { callBy, userActor, userCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compare, type Compared } from '../domain/comparison.ts'
import { solid } from '../testing/scripted-analyst.ts'
import { outcome } from '../testing/outcome.ts'
import { startScene, type Invitation, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

/** Another candidate of the same posting. */
async function alongside({ company, postingId, template, questions }: Invitation): Promise<Invitation> {
  const application = scene.application(company, postingId)
  await application.advance()
  const { interviewId = '', token = '' } = (await scene.invitationOf(application.applicationId)) ?? {}
  const { applicationId } = application
  return {
    ...{ company, application, postingId, template, questions, applicationId, interviewId, token },
    get candidate() {
      return application.candidate
    },
  }
}

/** Two candidates: the first analysed with 3, the second with 1 everywhere. */
async function two(): Promise<[Invitation, Invitation]> {
  const first = await scene.invite()
  const second = await alongside(first)
  await scene.complete(first)
  await scene.app.idle()
  scene.analyst.play((input) => {
    const result = solid(input)
    return Promise.resolve({ ...result, criteria: result.criteria.map((one) => ({ ...one, score: 1 })) })
  })
  await scene.complete(second)
  await scene.app.idle()
  scene.analyst.play((input) => Promise.resolve(solid(input)))
  return [first, second]
}

test('candidates stand side by side, best first, with what software and people gave them', async () => {
  const [first, second] = await two()
  const { company, postingId, template } = first
  const [question] = template.questions
  const [ownership] = question?.criteria ?? []
  const at = { questionId: question?.id ?? '', criterionId: ownership?.id ?? '' }
  const { questions } = await scene.review(second)
  const override = { interviewId: second.interviewId, answerId: questions[0]?.answer?.id ?? '' }
  await scene.client.overrideScore(
    { ...override, criterionId: at.criterionId, score: 2, reason: 'Better than that.' },
    company.recruiter,
  )
  const submit = async (score: number, call = company.interviewer) => {
    const card = { interviewId: first.interviewId, scores: [{ ...at, score }], notes: 'Secret.' }
    await scene.client.saveScorecard({ ...card, recommendation: 'yes' }, call)
    await scene.client.submitScorecard({ interviewId: first.interviewId }, call)
  }
  const seen = (call = company.recruiter) =>
    scene.client.compareInterviews({ companyId: company.id, postingId }, call)
  await submit(4)
  await submit(1, company.admin)

  const before = await seen()
  expect(before.interviews).toMatchObject([
    { interviewId: first.interviewId, overall: 3, aiOverall: 3, hiddenScorecards: 2, recommendations: [] },
    { interviewId: second.interviewId, aiOverall: 1, hiddenScorecards: 0 },
  ])
  expect(before.criteria.map(({ name, cells }) => [name, cells.length])).toEqual([
    ['Ownership', 2],
    ['Clarity', 2],
    ['Motivation', 2],
  ])
  expect(before.criteria[0]?.cells).toEqual([
    { interviewId: first.interviewId, aiScore: 3, scorecards: [] },
    { interviewId: second.interviewId, aiScore: 1, override: 2, scorecards: [] },
  ])

  await scene.client.saveScorecard(
    { interviewId: first.interviewId, scores: [], notes: '' },
    company.recruiter,
  )
  expect((await seen()).interviews[0]).toMatchObject({ hiddenScorecards: 2 })
  await scene.client.submitScorecard({ interviewId: first.interviewId }, company.recruiter)
  const after = await seen()
  expect(after.interviews[0]).toMatchObject({ hiddenScorecards: 0 })
  expect(after.interviews[0]?.recommendations).toHaveLength(2)
  expect(after.criteria[0]?.cells[0]).toMatchObject({
    scorecards: [
      { reviewerId: company.interviewer.actor.id, score: 4 },
      { reviewerId: company.admin.actor.id, score: 1 },
    ],
    mean: 2.5,
    spread: 3,
  })
  expect(JSON.stringify(after)).not.toContain('Secret.')
})

test('named interviews are compared alone; any that is not there to be compared is not found', async () => {
  const [first, second] = await two()
  const foreign = await scene.submit({ consent: false })
  const open = await alongside(first)
  const { company, postingId } = first
  const seen = (interviewIds: string[], call = company.interviewer) =>
    scene.client.compareInterviews({ companyId: company.id, postingId, interviewIds }, call)
  expect((await seen([second.interviewId, second.interviewId])).interviews).toMatchObject([
    { interviewId: second.interviewId },
  ])
  for (const id of [foreign.interviewId, open.interviewId, newId()]) {
    expect(await outcome(seen([first.interviewId, id]))).toBe('not-found')
  }
  await scene.client.eraseMyInterview({ interviewId: second.interviewId }, second.candidate)
  expect(await outcome(seen([second.interviewId]))).toBe('not-found')
})

test('a stranger compares nothing, nor does the candidate who is a member see their own', async () => {
  const [first, second] = await two()
  const { company, postingId } = first
  const compared = { companyId: company.id, postingId }
  expect(await outcome(scene.client.compareInterviews(compared, userCall()))).toBe('not-found')
  const other = scene.company()
  const foreign = { companyId: other.id, postingId }
  expect((await scene.client.compareInterviews(foreign, other.owner)).interviews).toEqual([])
  const { id } = first.candidate.actor
  const insider = callBy(userActor({ id, memberships: { [company.id]: 'owner' } }))
  const { interviews } = await scene.client.compareInterviews(compared, insider)
  expect(interviews.map(({ interviewId }) => interviewId)).toEqual([second.interviewId])
})

test('criteria of an older version follow those of the newest, with the cells of whoever has them', () => {
  const criterion = (id: string, name: string) => ({ id, name, description: '', indicators: [], weight: 1 })
  const column = (interviewId: string, templateVersion: number, ...names: string[]) =>
    ({
      ...{ interviewId, templateVersion, scores: [], scorecards: [] },
      questions: [{ id: 'q', prompt: 'Why?', criteria: names.map((name) => criterion(name, name)) }],
    }) as unknown as Compared
  const rows = compare([column('old', 1, 'kept', 'dropped'), column('new', 2, 'added', 'kept')])
  expect(rows.map(({ name, cells }) => [name, cells.map(({ interviewId }) => interviewId)])).toEqual([
    ['added', ['new']],
    ['kept', ['old', 'new']],
    ['dropped', ['old']],
  ])
})

test('an export holds the interview, its cards and its trail, and leaves an entry', async () => {
  const [first] = await two()
  const { interviewId, company } = first
  await scene.client.saveScorecard(
    { interviewId, scores: [], notes: 'Not for you yet.' },
    company.interviewer,
  )
  await scene.client.submitScorecard({ interviewId }, company.interviewer)
  const found = await scene.client.exportInterview({ interviewId }, company.recruiter)
  expect(found).toMatchObject({
    exportedBy: company.recruiter.actor.id,
    interview: { id: interviewId, overall: 3 },
    consents: [{ decision: 'given' }],
    scorecards: [],
    hiddenScorecards: 1,
    trailComplete: true,
  })
  expect(JSON.stringify(found)).not.toContain('Not for you yet.')
  expect(found.trail.at(-1)).toMatchObject({ action: 'interview.exported', after: { format: 'json' } })
  expect(await outcome(scene.client.exportInterview({ interviewId }, company.interviewer))).toBe('forbidden')
  expect(await outcome(scene.client.exportInterview({ interviewId }, userCall()))).toBe('not-found')
  expect(await outcome(scene.client.exportInterview({ interviewId }, first.candidate))).toBe('not-found')
  const { items } = await scene.client.listAuditTrail({ interviewId, limit: 100 }, company.owner)
  expect(items.filter(({ action }) => action === 'interview.exported')).toHaveLength(1)
})
