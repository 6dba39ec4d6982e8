import assert from 'node:assert/strict'
import { draftPosting, foundCompany, newcomer, type Person } from '@cenopie/e2e'
import pg from 'pg'
import { startApi, type Api } from '../harness/api.ts'
import type { BenchCase } from '../harness/case.ts'
import { bareServer } from '../harness/bare-server.ts'
import { accessToken } from '../harness/access-token.ts'
import { drive, type Load } from '../harness/load.ts'

const postings = 2000
const seconds = 4
const request = { method: 'GET', path: '/api/v1/jobs/postings?limit=20', status: 200 } as const

export default {
  about: `20 of ${postings} postings, signed in, against a bare handler with the same prepared statement and bytes`,
  unit: 'requests/s',
  better: 'more',
  target: 0.85,
  warmUps: 2,
  async prepare(servers) {
    const api = await startApi(servers)
    const recruiter = await newcomer(api.stage, 'Grace Recruiter')
    await seed(api, recruiter)
    const bare = await bareServer('tools/bench/programs/bare-list.ts', api.databaseUrl)
    const ours = async (): Promise<Load> => ({
      ...request,
      url: api.url,
      headers: { authorization: `Bearer ${await accessToken(recruiter)}` },
    })
    assert(
      (await bodyOf(await ours())) === (await bodyOf({ ...request, url: bare.url })),
      'the two sides answer different bytes',
    )
    return {
      ours: async () => drive(await ours(), seconds),
      baseline: () => drive({ ...request, url: bare.url }, seconds),
      close: async () => void (await Promise.all([api.stop(), bare.stop()])),
    }
  },
} satisfies BenchCase

/** One posting through the API, the others as copies of its row. */
async function seed(api: Api, recruiter: Person): Promise<void> {
  const { id: companyId } = await foundCompany(recruiter)
  const { id: postingId } = await draftPosting(recruiter, companyId)
  await recruiter.api.jobs.publishPosting({ postingId })
  const admin = new pg.Client(api.databaseUrl)
  await admin.connect()
  await admin.query(
    `insert into jobs.posting
     select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'title', p.title || ' ' || n,
       'published_at', p.published_at - n * interval '1 minute'))).*
     from jobs.posting p, generate_series(2, $1::int) n`,
    [postings],
  )
  await admin.query('analyze jobs.posting')
  await admin.end()
}

async function bodyOf({ url, path, headers = {} }: Load): Promise<string> {
  const response = await fetch(url + path, { headers })
  return response.text()
}
