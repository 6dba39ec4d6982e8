import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { topologyNames } from '../topology/index.ts'
import { Comparison } from './comparison.ts'
import type { RecordedCalls } from './run/calls.ts'

/** Half a minute where nothing else runs. */
const oneRun = { timeout: 600_000 }

let folder: string
let comparison: Comparison
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cenopie-e2e-'))
  comparison = await Comparison.start({ folder })
  return async () => {
    await comparison.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

describe('a run comes to the same end as the monolith', () => {
  test.each(topologyNames())('on the topology %s', oneRun, async (topology) => {
    expect((await comparison.compare(topology, 'plain')).differences).toBe('')
    const { requests, calls } = await recordedCalls(topology)
    expect(requests['jobs.apply']).toBeGreaterThan(0)
    const edges = calls.map(({ caller, callee }) => `${caller} → ${callee}`)
    expect(edges).toEqual(expect.arrayContaining(['jobs → users', 'interviews → jobs']))
  })

  test('when everything that may come twice does', oneRun, async () => {
    expect((await comparison.compare('all', 'duplicate')).differences).toBe('')
  })

  test.each([2, 4])('when calls fail and processes are killed: seed %i', oneRun, async (seed) => {
    const { differences, injected } = await comparison.compare('all', 'faults', { seed })
    expect(injected.length).toBeGreaterThan(1)
    expect(differences).toBe('')
  })
})

async function recordedCalls(topology: string): Promise<RecordedCalls> {
  return JSON.parse(await readFile(join(folder, topology, 'calls.json'), 'utf8')) as RecordedCalls
}
