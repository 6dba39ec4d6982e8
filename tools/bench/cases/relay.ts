import type { BenchCase } from '../harness/case.ts'
import { ask, nextMessage, startChild, type Child } from '../harness/child.ts'

const entries = 10_000

export default {
  about: `${entries} entries from outbox to inbox, against BullMQ's addBulk and a worker that does nothing`,
  unit: 'entries/s',
  better: 'more',
  target: 0.6,
  async prepare({ postgresUrl, redisUrl }) {
    const env = { DATABASE_URL: postgresUrl, REDIS_URL: redisUrl }
    const ours = await startChild('tools/bench/programs/relay-ours.ts', env)
    await nextMessage(ours)
    const bare = await startChild('tools/bench/programs/relay-bare.ts', env)
    await nextMessage(bare)
    return {
      ours: () => perSecond(ours),
      baseline: () => perSecond(bare),
      close: async () => void (await Promise.all([ours.stop(), bare.stop()])),
    }
  },
} satisfies BenchCase

async function perSecond(child: Child): Promise<number> {
  const { ms } = await ask<{ ms: number }>(child, { entries })
  return (entries * 1000) / ms
}
