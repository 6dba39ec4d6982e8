import assert from 'node:assert/strict'
import { freePort } from '@cenopie/platform-testing/servers'
import { newcomer } from '@cenopie/e2e'
import { apiEnvironment, startApi } from '../harness/api.ts'
import { board, seedBoard } from '../harness/board.ts'
import type { BenchCase } from '../harness/case.ts'
import { startChild, untilReady } from '../harness/child.ts'
import { drive } from '../harness/load.ts'

const seconds = 4
/** Every other module stays where it is. */
const neighbours = ['AUTH', 'USERS', 'INTERVIEWS']

export default {
  about: 'the public list of postings from jobs as a process of its own, against the same from the monolith',
  unit: 'requests/s',
  better: 'more',
  target: 0.9,
  warmUps: 2,
  async prepare(servers) {
    const api = await startApi(servers)
    await seedBoard(api, await newcomer(api.stage, 'Grace Recruiter'), 2000)
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const service = await startChild('apps/api/src/main.ts', {
      ...apiEnvironment(api.databaseUrl, servers, port),
      CENOPIE_NAME: 'jobs-service',
      CENOPIE_MODULES: 'jobs',
      CENOPIE_REDIS_PREFIX: 'cenopie',
      ...Object.fromEntries(neighbours.map((name) => [`CENOPIE_${name}_URL`, api.url])),
    })
    await untilReady(service, `${url}/health/ready`)
    const body = async (from: string) => (await fetch(from + board.path)).text()
    assert((await body(url)) === (await body(api.url)), 'the two sides answer different bytes')
    return {
      ours: () => drive({ ...board, url }, seconds),
      baseline: () => drive({ ...board, url: api.url }, seconds),
      close: async () => void (await Promise.all([service.stop(), api.stop()])),
    }
  },
} satisfies BenchCase
