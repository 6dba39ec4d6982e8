import assert from 'node:assert/strict'
import { draftPosting, foundCompany, newcomer, type Person } from '@cenopie/e2e'
import { drained, startApi, type Api } from '../harness/api.ts'
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
    assert.equal(await bodyOf(await ours()), await bodyOf({ ...request, url: bare.url }))
    return {
      ours: async () => drive(await ours(), seconds),
      baseline: () => drive({ ...request, url: bare.url }, seconds),
      close: async () => void (await Promise.all([api.stop(), bare.stop()])),
    }
  },
} satisfies BenchCase

async function seed(api: Api, recruiter: Person): Promise<void> {
  const { id: companyId } = await foundCompany(recruiter)
  let next = 0
  const publish = async () => {
    while (next < postings) {
      next += 1
      const { id } = await draftPosting(recruiter, companyId, `Backend engineer ${next}`)
      await recruiter.api.jobs.publishPosting({ postingId: id })
    }
  }
  await Promise.all(Array.from({ length: 8 }, publish))
  await drained(api, ['jobs'])
}

async function bodyOf({ url, path, headers = {} }: Load): Promise<string> {
  const response = await fetch(url + path, { headers })
  return response.text()
}
