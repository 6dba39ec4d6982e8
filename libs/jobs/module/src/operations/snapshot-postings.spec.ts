import { jobsEvents } from '@cenopie/jobs-contract'
import { serviceCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScene } from '../scene.ts'
import type { Company, Scene } from '../scene.ts'

let scene: Scene
let company: Company
beforeAll(async () => {
  scene = await startScene()
  company = await scene.company()
})
afterAll(() => scene.app.close())

/** Everything, page by page; `between` runs after each page. */
async function snapshot(limit = 100, between: (page: number) => unknown = () => undefined) {
  const items = []
  let cursor: string | undefined
  let pages = 0
  do {
    const window = { limit, ...(cursor !== undefined && { cursor }) }
    const page = await scene.app.client.snapshotPostings(window, serviceCall('search'))
    items.push(...page.items)
    cursor = page.nextCursor
    await between((pages += 1))
  } while (cursor !== undefined)
  return items
}

test('a snapshot says of an open posting what its latest event said', async () => {
  const pay = { currency: 'EUR', min: 10, max: 20, period: 'hour' } as const
  const { id } = await scene.open(company, { pay })
  await scene.app.client.editPosting({ postingId: id, version: 2, title: 'Changed' }, company.recruiter)

  const told = (await scene.app.published(jobsEvents.postingUpdated)).find(({ entity }) => entity.id === id)
  const item = (await snapshot()).find(({ postingId }) => postingId === id)
  expect(told).toBeDefined()
  expect(item).toStrictEqual({ version: told?.entity.version, ...told?.payload })
})

test('drafts, closed and expired postings are in no snapshot', async () => {
  const draft = await scene.draft(company)
  const [closed, expired] = [await scene.open(company), await scene.open(company)]
  await scene.app.client.closePosting({ postingId: closed.id }, company.recruiter)
  await scene.pass(expired.id)

  const ids = (await snapshot()).map(({ postingId }) => postingId)
  for (const { id } of [draft, closed, expired]) expect(ids).not.toContain(id)
})

test('pages hold each posting once, though postings appear, change and close between them', async () => {
  const before = []
  for (let made = 0; made < 5; made += 1) before.push(await scene.open(company))
  const [first, , , last] = before
  const items = await snapshot(2, async (page) => {
    if (page !== 1 || !first || !last) return
    await scene.open(company)
    await scene.app.client.editPosting(
      { postingId: last.id, version: last.version, title: 'Changed' },
      company.recruiter,
    )
    await scene.app.client.closePosting({ postingId: first.id }, company.recruiter)
  })
  const ids = items.map(({ postingId }) => postingId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id } of before.slice(1)) expect(ids).toContain(id)
  expect(items.find(({ postingId }) => postingId === last?.id)).toMatchObject({ title: 'Changed' })
})
