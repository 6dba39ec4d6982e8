import { freePort } from '@cenopie/platform-testing/servers'
import { apiEnvironment, migratedDatabase } from '../harness/api.ts'
import { builtApi } from '../harness/built-api.ts'
import type { BenchCase } from '../harness/case.ts'
import { startChild, untilReady } from '../harness/child.ts'

const limit = 2

export default {
  about: 'the built monolith from its start to ready, databases up and migrated, against the limit',
  unit: 's',
  better: 'less',
  target: 1,
  async prepare(servers) {
    const script = await builtApi()
    const databaseUrl = await migratedDatabase(servers)
    return {
      async ours() {
        const port = await freePort()
        const started = performance.now()
        const child = await startChild(script, apiEnvironment(databaseUrl, servers, port))
        await untilReady(child, `http://127.0.0.1:${port}/health/ready`)
        const elapsed = performance.now() - started
        await child.stop()
        return elapsed / 1000
      },
      baseline: async () => limit,
      close: async () => undefined,
    }
  },
} satisfies BenchCase
