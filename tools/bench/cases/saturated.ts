import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newcomer } from '@cenopie/e2e'
import { startApi } from '../harness/api.ts'
import { board, seedBoard } from '../harness/board.ts'
import type { BenchCase } from '../harness/case.ts'
import { heavyWork } from '../harness/heavy-work.ts'
import { percentile, steadyLatencies } from '../harness/latencies.ts'

const load = { perSecond: 100, seconds: 8 }

export default {
  about: `p99 of ${load.perSecond} requests a second while pictures and films are processed, against the same while idle`,
  unit: 'ms',
  better: 'less',
  // At most twice as long.
  target: 0.5,
  async prepare(servers) {
    const folder = await mkdtemp(join(tmpdir(), 'cenopie-bench-'))
    const api = await startApi(servers, 'cenopie', { CENOPIE_MEDIA_FOLDER: folder })
    await seedBoard(api, await newcomer(api.stage, 'Grace Recruiter'), 2000)
    const work = await heavyWork(api, servers, { pictures: 120, films: 60 })
    const p99 = async () => {
      const times = await steadyLatencies(api.url, () => board, load)
      const [half, most] = [percentile(times, 0.5), percentile(times, 0.99)]
      console.log(`  p50 ${half.toFixed(1)} ms, p99 ${most.toFixed(1)} ms, ${times.length} answers`)
      return most
    }
    return {
      async ours() {
        await work.run()
        const time = await p99()
        await work.halt()
        return time
      },
      baseline: p99,
      async close() {
        await work.close()
        await api.stop()
        await rm(folder, { recursive: true })
      },
    }
  },
} satisfies BenchCase
