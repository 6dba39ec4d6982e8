import type { BenchCase } from '../harness/case.ts'
import { ask, nextMessage, startChild } from '../harness/child.ts'

const calls = 50_000
/** Microseconds. */
const limit = 10

export default {
  about:
    'what a call of 1 kB from module to module takes beyond a call of the plain function, against the limit',
  unit: 'µs',
  better: 'less',
  target: 1,
  warmUps: 2,
  async prepare({ postgresUrl, redisUrl }) {
    const process = await startChild('tools/bench/programs/calls/local.ts', {
      DATABASE_URL: postgresUrl,
      REDIS_URL: redisUrl,
    })
    await nextMessage(process)
    return {
      async ours() {
        const { ms } = await ask<{ ms: number }>(process, { entries: calls })
        return (ms * 1000) / calls
      },
      baseline: async () => limit,
      close: () => process.stop(),
    }
  },
} satisfies BenchCase
