import type { PostingSummary } from '@cenopie/jobs-contract'
import { anonymousCall } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcome, startScene } from '../scene.ts'
import type { Company, Scene } from '../scene.ts'

let scene: Scene
let engines: Company
let looms: Company

beforeAll(async () => {
  scene = await startScene()
  engines = await scene.company('Analytical Engines')
  looms = await scene.company('Jacquard Looms')
})
afterAll(() => scene.app.close())

const board = (filters: Parameters<typeof scene.app.client.listPostings>[0] = {}) =>
  scene.app.client.listPostings({ limit: 100, ...filters }, anonymousCall())
const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id)

test('shows published postings without an account, newest first, and neither drafts nor what is over', async () => {
  const company = await scene.company('Difference Engines')
  const first = await scene.open(company, { pay: { currency: 'EUR', min: 1, max: 2, period: 'hour' } })
  const second = await scene.open(company)
  const closed = await scene.open(company)
  await scene.app.client.closePosting({ postingId: closed.id }, company.recruiter)
  const over = await scene.open(company)
  await scene.pass(over.id)
  await scene.draft(company)

  const { status, body } = await scene.app.http({
    method: 'GET',
    url: `/api/v1/jobs/postings?companyId=${company.id}`,
  })

  expect(status).toBe(200)
  const { items } = body as { items: PostingSummary[] }
  expect(items.map(({ id }) => id)).toEqual([second.id, first.id])
  expect(items[1]).toEqual({
    id: first.id,
    companyId: company.id,
    companyName: 'Difference Engines',
    companySlug: 'difference-engines',
    title: 'Backend engineer',
    location: 'Berlin, Germany',
    workplace: 'hybrid',
    employment: 'full-time',
    skills: ['TypeScript', 'PostgreSQL'],
    pay: { currency: 'EUR', min: 1, max: 2, period: 'hour' },
    publishedAt: first.publishedAt,
    expiresAt: first.expiresAt,
  })
  expect(items[0]).not.toHaveProperty('pay')
})

test('pages run through everything once, also where several were published in the same instant', async () => {
  const company = await scene.company('Paging Machines')
  const made = []
  for (let count = 0; count < 5; count += 1) made.push((await scene.open(company)).id)
  await scene.app.sql(`UPDATE posting SET published_at = '2026-01-01T00:00:00Z' WHERE company_id = $1`, [
    company.id,
  ])

  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await board({ companyId: company.id, limit: 2, ...(cursor && { cursor }) })
    seen.push(...ids(page))
    cursor = page.nextCursor
  } while (cursor !== undefined)

  expect(seen).toEqual(made.toReversed())
})

test('filters apply together', async () => {
  const remote = await scene.open(engines, {
    workplace: 'remote',
    location: '100% anywhere',
    title: 'Gear keeper',
  })
  const intern = await scene.open(looms, {
    employment: 'internship',
    location: 'Lyon_France',
    skills: ['Node.js'],
  })

  expect(ids(await board({ workplace: 'remote' }))).toEqual([remote.id])
  expect(ids(await board({ employment: 'internship', companyId: looms.id }))).toEqual([intern.id])
  expect(ids(await board({ employment: 'internship', companyId: engines.id }))).toEqual([])
  expect(ids(await board({ location: '0% ANY' }))).toEqual([remote.id])
  expect(ids(await board({ location: 'lyon_' }))).toEqual([intern.id])
  expect(ids(await board({ location: '%' }))).toEqual([remote.id])
  expect(ids(await board({ q: 'gear keep' }))).toEqual([remote.id])
  expect(ids(await board({ q: 'node.js lyon' }))).toEqual([intern.id])
  expect(ids(await board({ q: 'gear lyon' }))).toEqual([])
})

test.each([`'`, `''); drop table posting; --`, 'a & | ! ( b', '\\', ':*', '<->', '日本 ½ 🦀', `"quoted`])(
  'nothing typed into the search is an error: %s',
  async (q) => {
    expect(await outcome(board({ q }))).toBe('done')
  },
)

test.each([
  ['cursor', `cursor=${Buffer.from('"forged"').toString('base64url')}`],
  ['cursor', 'cursor=%00'],
  ['cursor', `cursor=${Buffer.from(`["2026-01-01T00:00:00Z","x' or 1"]`).toString('base64url')}`],
  ['limit', 'limit=101'],
  ['limit', 'limit=many'],
  ['companyId', 'companyId=1'],
  ['workplace', 'workplace=moon'],
  ['q', 'q=%00'],
  ['colour', 'colour=red'],
])('a bad %s is refused by name', async (field, query) => {
  const { status, body } = await scene.app.http({ method: 'GET', url: `/api/v1/jobs/postings?${query}` })
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'invalid-input', errors: [{ field }] })
})

test('the detail of an open posting carries JSON-LD; when it is over the page stays and the JSON-LD goes', async () => {
  const { id } = await scene.open(engines)
  const view = () => scene.app.client.viewPosting({ postingId: id }, anonymousCall())
  expect(await view()).toMatchObject({ id, state: 'published', jsonLd: { '@type': 'JobPosting' } })

  await scene.pass(id)

  const over = await view()
  expect(over.state).toBe('expired')
  expect(over).not.toHaveProperty('jsonLd')
})

test('a draft does not exist for the public', async () => {
  const { id } = await scene.draft(engines)
  expect(await outcome(scene.app.client.viewPosting({ postingId: id }, anonymousCall()))).toBe('not-found')
})
