import assert from 'node:assert/strict'
import { foundCompany, newcomer } from '@cenopie/e2e'
import pg from 'pg'
import { accessToken } from '../harness/access-token.ts'
import { migratedDatabase, startApi, type Api } from '../harness/api.ts'
import { bareServer } from '../harness/bare-server.ts'
import type { BenchCase } from '../harness/case.ts'
import { drive, type Load } from '../harness/load.ts'
import type { Servers } from '../harness/servers.ts'

const seconds = 4
const request = { method: 'POST', path: '/api/v1/jobs/postings', status: 201 } as const

export default {
  about: 'validates, inserts and writes an outbox entry, against a bare handler with the same statements',
  unit: 'requests/s',
  better: 'more',
  target: 0.8,
  warmUps: 2,
  async prepare(servers) {
    const api = await startApi(servers)
    const recruiter = await newcomer(api.stage, 'Grace Recruiter')
    const { id: companyId } = await foundCompany(recruiter)
    const body = JSON.stringify({ companyId, ...draft })
    const ours = async (): Promise<Load> => ({
      ...request,
      url: api.url,
      body,
      headers: { authorization: `Bearer ${await accessToken(recruiter)}` },
    })
    const answer = await answerTo(await ours())
    const databaseUrl = await databaseWithCompany(servers, api)
    const bare = await bareServer('tools/bench/programs/bare-create.ts', databaseUrl)
    const baseline: Load = { ...request, url: bare.url, body }
    assert.deepEqual(await answerTo(baseline), answer)
    return {
      ours: async () => drive(await ours(), seconds),
      baseline: () => drive(baseline, seconds),
      close: async () => void (await Promise.all([api.stop(), bare.stop()])),
    }
  },
} satisfies BenchCase

const draft = {
  title: 'Backend engineer',
  description:
    'You build and run the services behind our products.\n\nWe write things down and measure. '.repeat(8),
  location: 'Berlin, Germany',
  workplace: 'hybrid',
  employment: 'full-time',
  skills: ['TypeScript', 'PostgreSQL'],
  pay: { currency: 'EUR', min: 65_000, max: 85_000, period: 'year' },
  questions: [
    { id: 'work-permit', prompt: 'May you work in Germany?', kind: 'yes-no', required: true, options: [] },
  ],
}

/** A database of the baseline's own, so that no relay picks up its entries. */
async function databaseWithCompany(servers: Servers, { databaseUrl }: Api): Promise<string> {
  const url = await migratedDatabase(servers, 'bare')
  const [ours, bare] = [new pg.Client(databaseUrl), new pg.Client(url)]
  await Promise.all([ours.connect(), bare.connect()])
  const { rows } = await ours.query('select id, name, slug, version from jobs.company')
  for (const { id, name, slug, version } of rows) {
    await bare.query('insert into jobs.company (id, name, slug, version) values ($1, $2, $3, $4)', [
      id,
      name,
      slug,
      version,
    ])
  }
  await Promise.all([ours.end(), bare.end()])
  return url
}

/** What both sides must answer alike: all but what is new each time. */
async function answerTo({ url, path, method, headers = {}, body = '' }: Load): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
  const {
    id: _id,
    createdAt: _created,
    updatedAt: _updated,
    ...answer
  } = (await response.json()) as Record<string, unknown>
  return answer
}
