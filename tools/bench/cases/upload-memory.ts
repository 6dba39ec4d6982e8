import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newcomer } from '@cenopie/e2e'
import { startApi } from '../harness/api.ts'
import type { BenchCase } from '../harness/case.ts'
import { uploadNothing } from '../harness/uploads.ts'

const megabytes = 2048
const limit = 50

export default {
  about: `what an upload of ${megabytes} MB adds to the monolith's resident memory at its highest, against the limit`,
  unit: 'MB',
  better: 'less',
  target: 1,
  warmUps: 0,
  async prepare(servers) {
    const folder = await mkdtemp(join(tmpdir(), 'cenopie-bench-'))
    const api = await startApi(servers, 'cenopie', { CENOPIE_MEDIA_FOLDER: join(folder, 'media') })
    const person = await newcomer(api.stage, 'Ulla Uploader')
    const upload = (megabytes: number) => uploadNothing(api, person, megabytes)
    // What the first upload loads and compiles, whatever its size.
    for (let at = 0; at < 3; at += 1) await upload(16)
    return {
      async ours() {
        const before = await resident(api.process.pid, 'VmRSS')
        await forgetPeak(api.process.pid)
        await upload(megabytes)
        return (await resident(api.process.pid, 'VmHWM')) - before
      },
      baseline: async () => limit,
      async close() {
        await api.stop()
        await rm(folder, { recursive: true })
      },
    }
  },
} satisfies BenchCase

/** Megabytes, as Linux counts them: now, or at the most since the peak was forgotten (proc(5)). */
async function resident(pid: number | undefined, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
}

const forgetPeak = (pid: number | undefined) => writeFile(`/proc/${pid}/clear_refs`, '5')
