import { bareServer } from '../harness/bare-server.ts'
import type { BenchCase } from '../harness/case.ts'
import { ask, nextMessage, startChild, type Child } from '../harness/child.ts'

const calls = 20_000
const folder = 'tools/bench/programs/calls'

export default {
  about: 'reading 1 kB from another service, against the same JSON over bare node:http, both kept alive',
  unit: 'calls/s',
  better: 'more',
  target: 0.7,
  async prepare({ postgresUrl, redisUrl }) {
    const service = await bareServer(`${folder}/service.ts`, postgresUrl, { REDIS_URL: redisUrl })
    const bareService = await bareServer(`${folder}/bare-service.ts`, postgresUrl)
    const caller = await startChild(`${folder}/remote.ts`, { URL: service.url })
    await nextMessage(caller)
    const bareCaller = await startChild(`${folder}/bare-remote.ts`, { URL: bareService.url })
    await nextMessage(bareCaller)
    return {
      ours: () => perSecond(caller),
      baseline: () => perSecond(bareCaller),
      close: async () =>
        void (await Promise.all([service, bareService, caller, bareCaller].map((child) => child.stop()))),
    }
  },
} satisfies BenchCase

async function perSecond(child: Child): Promise<number> {
  const { ms } = await ask<{ ms: number }>(child, { entries: calls })
  return (calls * 1000) / ms
}
