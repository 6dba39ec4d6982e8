import { randomUUID } from 'node:crypto'
import { authContract, authEvents } from '@cenopie/auth-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import { fake, userActor } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { members, outcome, posting, startScene } from '../scene.ts'
import type { Company, Scene } from '../scene.ts'

let scene: Scene
let company: Company
const unheard = { id: randomUUID(), name: 'Founded Just Now', slug: 'founded-just-now' }

beforeAll(async () => {
  scene = await startScene({ auth: fake(authContract, { getCompany: () => Promise.resolve(unheard) }) })
  company = await scene.company()
})
afterAll(() => scene.app.close())

test('a posting goes from draft to published to closed and is published anew, each with its event', async () => {
  const draft = await scene.draft(company)
  const { id } = draft
  expect(draft).toMatchObject({ state: 'draft', version: 1, companyName: company.name, questions: [] })

  const published = await scene.app.client.publishPosting({ postingId: id }, company.recruiter)
  expect(published).toMatchObject({ state: 'published', version: 2 })
  const closed = await scene.app.client.closePosting({ postingId: id }, company.admin)
  expect(closed).toMatchObject({ state: 'closed', version: 3 })
  const again = await scene.app.client.publishPosting({ postingId: id }, company.owner)
  expect(again).toMatchObject({ state: 'published', version: 4 })
  expect(again).not.toHaveProperty('closedAt')
  expect(Date.parse(again.publishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(published.publishedAt ?? ''))

  const of = async (event: Parameters<typeof scene.app.published>[0]) =>
    (await scene.app.published(event)).filter(({ entity }) => entity.id === id)
  expect(await of(jobsEvents.postingDrafted)).toMatchObject([
    { entity: { version: 1 }, payload: { postingId: id, companyId: company.id, title: posting.title } },
  ])
  expect(await of(jobsEvents.postingPublished)).toMatchObject([
    { entity: { version: 2 }, payload: { postingId: id, companyName: company.name, ...posting } },
    { entity: { version: 4 }, payload: { publishedAt: again.publishedAt } },
  ])
  expect(await of(jobsEvents.postingClosed)).toMatchObject([
    { entity: { version: 3 }, payload: { reason: 'closed' } },
  ])
})

test('an edit on a version that is no longer current is refused, and of two at once one wins', async () => {
  const { id } = await scene.draft(company)
  const edit = (title: string) =>
    outcome(scene.app.client.editPosting({ postingId: id, version: 1, title }, company.recruiter))

  const outcomes = await Promise.all([edit('One'), edit('Other')])

  expect(outcomes.toSorted()).toEqual(['done', 'jobs.version-conflict'])
  expect(await edit('Third')).toBe('jobs.version-conflict')
})

test('an edit changes what it names; null removes the pay; a draft tells nobody, an open posting does', async () => {
  const pay = { currency: 'EUR', min: 10, max: 20, period: 'hour' } as const
  const { id } = await scene.draft(company, { pay })
  const edited = await scene.app.client.editPosting(
    { postingId: id, version: 1, title: 'Staff engineer' },
    company.recruiter,
  )
  expect(edited).toMatchObject({ title: 'Staff engineer', pay, location: posting.location, version: 2 })
  await scene.app.client.publishPosting({ postingId: id }, company.recruiter)
  const unpaid = await scene.app.client.editPosting(
    { postingId: id, version: 3, pay: null },
    company.recruiter,
  )
  expect(unpaid).not.toHaveProperty('pay')

  const updates = await scene.app.published(jobsEvents.postingUpdated)
  expect(updates.filter(({ entity }) => entity.id === id)).toMatchObject([
    { entity: { version: 4 }, payload: { title: 'Staff engineer' } },
  ])
})

test('what is over is not edited, and only what is open is closed', async () => {
  const { id } = await scene.open(company)
  const edit = () => outcome(scene.app.client.editPosting({ postingId: id, version: 2 }, company.recruiter))
  const close = () => outcome(scene.app.client.closePosting({ postingId: id }, company.recruiter))
  const publish = () => outcome(scene.app.client.publishPosting({ postingId: id }, company.recruiter))
  expect(await publish()).toBe('jobs.posting-state')
  await scene.pass(id)
  expect(await edit()).toBe('jobs.posting-state')
  expect(await close()).toBe('jobs.posting-state')
  expect(await publish()).toBe('done')
})

test('the company lists its own postings with drafts, by state, in pages, with the number of applications', async () => {
  const own = await scene.company('Listing Works')
  const draft = await scene.draft(own)
  const open = await scene.open(own)
  const over = await scene.open(own)
  const { id: applicationId, candidate } = await scene.apply(open.id)
  await scene.apply(open.id)
  await scene.app.client.withdrawApplication({ applicationId }, candidate)
  await scene.pass(over.id)
  const list = (more: object = {}) =>
    scene.app.client.listCompanyPostings({ companyId: own.id, ...more }, own.interviewer)

  const { items } = await list()
  expect(items.map(({ id, state, applicationCount }) => [id, state, applicationCount])).toEqual([
    [over.id, 'expired', 0],
    [open.id, 'published', 1],
    [draft.id, 'draft', 0],
  ])
  for (const [state, id] of [
    ['draft', draft.id],
    ['published', open.id],
    ['expired', over.id],
  ] as const) {
    expect((await list({ state })).items.map((item) => item.id)).toEqual([id])
  }
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, cursor: first.nextCursor })
  expect(second.items.map(({ id }) => id)).toEqual([draft.id])
  expect(second).not.toHaveProperty('nextCursor')
})

test.each([
  ['pay.min', { pay: { currency: 'EUR', min: 2, max: 1, period: 'year' } }],
  ['pay.currency', { pay: { currency: 'euro', min: 1, max: 2, period: 'year' } }],
  ['title', { title: ' \n ' }],
  ['title', { title: 'a\u0000b' }],
  ['skills.0', { skills: ['half a pair \ud800'] }],
  ['workplace', { workplace: 'moon' }],
  ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
  ['expiresAt', { expiresAt: '2199-01-01T00:00:00Z' }],
  ['salary', { salary: 1 }],
  [
    'questions.1.id',
    {
      questions: [
        { id: 'a', prompt: 'A?', kind: 'text' },
        { id: 'a', prompt: 'B?', kind: 'text' },
      ],
    },
  ],
  ['questions.0.options', { questions: [{ id: 'a', prompt: 'A?', kind: 'choice', options: ['x', 'x'] }] }],
  ['questions.0.options', { questions: [{ id: 'a', prompt: 'A?', kind: 'text', options: ['x', 'y'] }] }],
])('a bad %s is refused by name, and nothing is written', async (field, given) => {
  const count = () => scene.app.sql('SELECT count(*) FROM posting')
  const before = await count()
  const { status, body } = await scene.app.http({
    method: 'POST',
    url: '/api/v1/jobs/postings',
    actor: company.recruiter.actor,
    body: { companyId: company.id, ...posting, ...given },
  })
  expect(status).toBe(400)
  expect((body as { errors: { field: string }[] }).errors[0]?.field).toContain(field)
  expect(await count()).toEqual(before)
})

test('length is counted in UTF-16 units, at the edge as in events', async () => {
  const title = '🦀'.repeat(70)
  const draft = await scene.draft(company, { title })
  expect(draft.title).toBe(title)
  const tooLong = scene.draft(company, { title: `${title}!` })
  await expect(tooLong).rejects.toMatchObject({ errors: [{ field: 'title' }] })
})

test('a company that was not heard of yet is asked for once', async () => {
  const { recruiter } = members(unheard.id)
  const create = () =>
    scene.app.client.createPosting({ companyId: unheard.id, ...posting, skills: [] }, recruiter)
  const [one] = await Promise.all([create(), create()])
  expect(one).toMatchObject({ companyName: 'Founded Just Now', companySlug: 'founded-just-now' })
})

test('a company is shown as it is called now, and news that arrive late change nothing', async () => {
  const own = await scene.company('Before')
  const { id } = await scene.open(own)
  const rename = (name: string, version: number) =>
    scene.app.deliver(authEvents.companyRenamed, {
      entity: { id: own.id, version },
      payload: { companyId: own.id, name, slug: 'before' },
    })
  await rename('After', 3)
  await rename('Between', 2)
  const shown = await scene.app.client.viewPosting({ postingId: id }, own.recruiter)
  expect(shown.companyName).toBe('After')
})

test('creating through HTTP needs a token, and answers 201 with the draft', async () => {
  const request = {
    method: 'POST',
    url: '/api/v1/jobs/postings',
    body: { companyId: company.id, ...posting },
  }
  expect((await scene.app.http(request)).status).toBe(401)
  expect((await scene.app.http({ ...request, actor: userActor() })).status).toBe(404)
  const created = await scene.app.http({ ...request, actor: company.recruiter.actor })
  expect(created).toMatchObject({ status: 201, body: { state: 'draft', title: posting.title } })
})
