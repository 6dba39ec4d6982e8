import { jobsEvents } from '@cenopie/jobs-contract'
import { service } from '@cenopie/platform-contract'
import { outbox } from '@cenopie/platform-outbox'
import { anonymousCall, callBy } from '@cenopie/platform-testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScene } from '../scene.ts'
import type { Company, Scene } from '../scene.ts'
import { expirePostings } from './expire-postings.ts'

let scene: Scene
let company: Company

beforeAll(async () => {
  scene = await startScene()
  company = await scene.company()
})
afterAll(() => scene.app.close())

const closings = async () =>
  (await scene.app.published(jobsEvents.postingClosed)).map(({ payload }) => payload.postingId)

test('a posting whose date has come expires, and others are told once, however many runs there are', async () => {
  const over = await scene.open(company)
  const open = await scene.open(company)
  const draft = await scene.draft(company)
  await scene.pass(over.id)
  await scene.pass(draft.id)
  const { run } = expirePostings(scene.app.platform.database('jobs'), outbox)
  const call = callBy(service('jobs'))
  const { signal } = new AbortController()

  await Promise.all([run(call, signal), run(call, signal), run(call, signal)])
  await run(call, signal)

  expect(await closings()).toEqual([over.id])
  expect(await scene.app.published(jobsEvents.postingClosed)).toMatchObject([
    { entity: { id: over.id, version: 3 }, payload: { companyId: company.id, reason: 'expired' } },
  ])
  const { items } = await scene.app.client.listPostings({ companyId: company.id }, anonymousCall())
  expect(items.map(({ id }) => id)).toEqual([open.id])
})

test('a run takes as many batches as there is work', async () => {
  const other = await scene.company('Mass Producers')
  await scene.app.sql(
    `INSERT INTO posting (id, company_id, title, description, location, workplace, employment, skills, questions, state,
       version, created_by, created_at, updated_at, published_at, expires_at)
     SELECT gen_random_uuid(), $1, 'T', 'D', 'L', 'remote', 'contract', '{}', '[]', 'published', 2, $1, now(), now(),
       now() - interval '2 days', now() - interval '1 day' FROM generate_series(1, 450)`,
    [other.id],
  )
  const { run } = expirePostings(scene.app.platform.database('jobs'), outbox)
  await run(callBy(service('jobs')), new AbortController().signal)
  const left = await scene.app.sql(`SELECT 1 FROM posting WHERE state = 'published' AND expires_at <= now()`)
  expect(left).toEqual([])
  expect(new Set(await closings()).size).toBe(451)
})

test('the module runs it by itself when it is due', async () => {
  const { id } = await scene.open(company)
  await scene.pass(id)
  await scene.app.sql(`UPDATE schedule SET next_at = now() WHERE name = 'expire-postings'`)
  await expect.poll(closings, { timeout: 10_000 }).toContain(id)
})
