import assert from 'node:assert/strict'
import { newcomer } from '@cenopie/e2e'
import { startApi } from '../harness/api.ts'
import type { BenchCase } from '../harness/case.ts'
import { bareServer } from '../harness/bare-server.ts'
import { accessToken } from '../harness/access-token.ts'
import { board, seedBoard } from '../harness/board.ts'
import { drive, type Load } from '../harness/load.ts'

const postings = 2000
const seconds = 4

export default {
  about: `20 of ${postings} postings, signed in, against a bare handler with the same prepared statement and bytes`,
  unit: 'requests/s',
  better: 'more',
  target: 0.85,
  warmUps: 2,
  async prepare(servers) {
    const api = await startApi(servers)
    const recruiter = await newcomer(api.stage, 'Grace Recruiter')
    await seedBoard(api, recruiter, postings)
    const bare = await bareServer('tools/bench/programs/bare-list.ts', api.databaseUrl)
    const ours = async (): Promise<Load> => ({
      ...board,
      url: api.url,
      headers: { authorization: `Bearer ${await accessToken(recruiter)}` },
    })
    assert(
      (await bodyOf(await ours())) === (await bodyOf({ ...board, url: bare.url })),
      'the two sides answer different bytes',
    )
    return {
      ours: async () => drive(await ours(), seconds),
      baseline: () => drive({ ...board, url: bare.url }, seconds),
      close: async () => void (await Promise.all([api.stop(), bare.stop()])),
    }
  },
} satisfies BenchCase

async function bodyOf({ url, path, headers = {} }: Load): Promise<string> {
  const response = await fetch(url + path, { headers })
  return response.text()
}
