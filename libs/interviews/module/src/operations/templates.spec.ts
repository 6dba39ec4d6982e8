import { userCall } from '@cenopie/platform-testing'
import { newId } from '@cenopie/platform-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome } from '../testing/outcome.ts'
import { content } from '../testing/content.ts'
import { startScene, type Scene } from '../testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.app.close())

test('a draft changes in place, and questions and criteria keep the ids they were given', async () => {
  const company = scene.company()
  const first = await scene.draft(company)
  expect(first).toMatchObject({ status: 'draft', version: 1, revision: 1, companyId: company.id })
  expect(first).not.toHaveProperty('publishedVersion')

  const { id: templateId, questions } = first
  const edit = { templateId, ...content, questions: questions.slice(0, 1), revision: 1 }
  const second = await scene.client.updateTemplate(edit, company.recruiter)
  expect(second).toMatchObject({ status: 'draft', version: 1, revision: 2, questions: questions.slice(0, 1) })
})

test('editing a published template makes a new version and leaves the published one as it was', async () => {
  const company = scene.company()
  const { id: templateId, questions, revision } = await scene.published(company)
  const changed = { templateId, ...content, name: 'Second', questions: questions.slice(1), revision }
  const next = await scene.client.updateTemplate(changed, company.admin)
  expect(next).toMatchObject({ status: 'draft', version: 2, publishedVersion: 1, name: 'Second' })
  expect(await scene.client.getTemplate({ templateId, version: 1 }, company.owner)).toMatchObject({
    status: 'published',
    name: content.name,
    questions,
  })

  const published = await scene.client.publishTemplate({ templateId }, company.recruiter)
  expect(published).toMatchObject({ status: 'published', version: 2, publishedVersion: 2 })
  expect(await scene.client.getTemplate({ templateId, version: 1 }, company.owner)).toMatchObject({
    status: 'archived',
  })
})

test('of two people who edit the same revision, one is told', async () => {
  const company = scene.company()
  const { id: templateId, revision } = await scene.published(company)
  const edit = () => outcome(scene.client.updateTemplate({ templateId, ...content, revision }, company.owner))
  expect((await Promise.all([edit(), edit(), edit()])).toSorted()).toEqual([
    'interviews.template-changed',
    'interviews.template-changed',
    'ok',
  ])
  const { version } = await scene.client.getTemplate({ templateId }, company.owner)
  expect(version).toBe(2)
})

test('an archived template is neither edited nor published nor assigned; archiving again changes nothing', async () => {
  const company = scene.company()
  const { id: templateId, revision } = await scene.published(company)
  const archive = () => scene.client.archiveTemplate({ templateId }, company.recruiter)
  expect(await archive()).toMatchObject({ status: 'archived', revision: revision + 1 })
  expect(await archive()).toMatchObject({ status: 'archived', revision: revision + 1 })

  const edit = { templateId, ...content, revision: revision + 1 }
  const assign = { templateId, postingId: scene.open(company) }
  expect(await outcome(scene.client.updateTemplate(edit, company.recruiter))).toBe(
    'interviews.template-archived',
  )
  expect(await outcome(scene.client.publishTemplate({ templateId }, company.recruiter))).toBe(
    'interviews.template-archived',
  )
  expect(await outcome(scene.client.assignTemplate(assign, company.recruiter))).toBe(
    'interviews.template-archived',
  )
})

test('only a draft can be published and only a published template assigned', async () => {
  const company = scene.company()
  const { id: templateId } = await scene.draft(company)
  const postingId = scene.open(company)
  const assign = () => scene.client.assignTemplate({ templateId, postingId }, company.recruiter)
  expect(await outcome(assign())).toBe('interviews.template-not-published')
  expect(await outcome(scene.client.getAssignedTemplate({ postingId }, company.recruiter))).toBe('not-found')

  await scene.client.publishTemplate({ templateId }, company.recruiter)
  expect(await outcome(scene.client.publishTemplate({ templateId }, company.recruiter))).toBe(
    'interviews.template-not-draft',
  )
  expect(await assign()).toMatchObject({ templateId, postingId, invited: 0, templateName: content.name })
  expect(await scene.client.getAssignedTemplate({ postingId }, company.interviewer)).toMatchObject({
    templateId,
  })
})

test('a posting takes no template of another company', async () => {
  const [ours, theirs] = [scene.company(), scene.company()]
  const { id: templateId } = await scene.published(theirs)
  const both = userCall({ memberships: { [ours.id]: 'owner', [theirs.id]: 'owner' } })
  const postingId = scene.open(ours)
  expect(await outcome(scene.client.assignTemplate({ postingId, templateId }, both))).toBe('not-found')
  expect(await outcome(scene.client.assignTemplate({ postingId, templateId }, theirs.owner))).toBe(
    'not-found',
  )
  expect(await outcome(scene.client.assignTemplate({ postingId: newId(), templateId }, both))).toBe(
    'not-found',
  )
})

test('the list pages through a company’s own templates, newest first, and filters by status', async () => {
  const [company, other] = [scene.company(), scene.company()]
  await scene.draft(other)
  const ids = []
  for (let i = 0; i < 5; i += 1) ids.unshift((await scene.draft(company)).id)
  await scene.client.publishTemplate({ templateId: ids[4] ?? '' }, company.owner)

  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { companyId: company.id, limit: 2, ...(cursor === undefined ? {} : { cursor }) }
    const page = await scene.client.listTemplates(query, company.interviewer)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(seen).toEqual(ids)

  const filter = { companyId: company.id, status: 'published' } as const
  const { items } = await scene.client.listTemplates(filter, company.recruiter)
  expect(items).toMatchObject([{ id: ids[4], questionCount: 2, status: 'published' }])
})

test('an id used twice is refused by the name of its field', async () => {
  const company = scene.company()
  const { questions } = await scene.draft(company)
  const [first] = questions
  if (!first) throw new Error('no question')
  const twice = { companyId: company.id, ...content, questions: [first, first] }
  expect(await outcome(scene.client.createTemplate(twice, company.owner))).toBe(
    'invalid-input questions.1.id',
  )
})
