import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { descendantsOf } from '@cenopie/platform-testing/processes'
import { freePort } from '@cenopie/platform-testing/servers'
import { apiEnvironment, migratedDatabase } from '../harness/api.ts'
import { builtApi } from '../harness/built-api.ts'
import type { BenchCase } from '../harness/case.ts'
import { startChild, untilReady } from '../harness/child.ts'

const limit = 300
/** Longer than a helping process is kept that has no work. */
const idleMs = 40_000

export default {
  about: 'resident memory of the built monolith, idle for forty seconds, against the limit',
  unit: 'MB',
  better: 'less',
  target: 1,
  warmUps: 0,
  async prepare(servers) {
    const port = await freePort()
    const script = await builtApi()
    const child = await startChild(script, apiEnvironment(await migratedDatabase(servers), servers, port))
    await untilReady(child, `http://127.0.0.1:${port}/health/ready`)
    await wait(idleMs)
    return {
      ours: () => residentMegabytes(child.process.pid),
      baseline: async () => limit,
      close: () => child.stop(),
    }
  },
} satisfies BenchCase

/** Of a process and all that it started. */
async function residentMegabytes(pid = 0): Promise<number> {
  const pids = [pid, ...(await descendantsOf(pid))]
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', pids.join()])
  return stdout
    .trim()
    .split('\n')
    .reduce((sum, kilobytes) => sum + Number(kilobytes) / 1024, 0)
}
