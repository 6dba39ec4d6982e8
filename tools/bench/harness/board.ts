import { draftPosting, foundCompany, type Person } from '@cenopie/e2e'
import pg from 'pg'
import type { Api } from './api.ts'

/** The public list of postings, as most people ask for it. */
export const board = { method: 'GET', path: '/api/v1/jobs/postings?limit=20', status: 200 } as const

/** So many postings: one through the API, the others as copies of its row. */
export async function seedBoard(api: Api, recruiter: Person, postings: number): Promise<void> {
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
