import { setTimeout as wait } from 'node:timers/promises'
import { crowd, startChatProvider } from '@cenopie/e2e'
import { startApi, type Api } from '../harness/api.ts'
import type { BenchCase } from '../harness/case.ts'
import type { Servers } from '../harness/servers.ts'
import { median } from '../harness/statistics.ts'

/** What one analysis costs, in milliseconds. */
const slow = 2000
const quick = 0
/** Between two submissions: what the one before set going in the background is over, or sleeps at the provider. */
const pauseMs = 250
/** Interviews of one run: their product. */
const size = { postings: 5, candidates: 2 }

export default {
  about: `submitting an interview whose analysis takes ${slow} ms, against one whose analysis takes ${quick} ms`,
  unit: 'ms',
  better: 'less',
  target: 0.9,
  async prepare(servers) {
    const ours = await platform(servers, 'slow', slow)
    const baseline = await platform(servers, 'quick', quick)
    return {
      ours: () => submitting(ours.api),
      baseline: () => submitting(baseline.api),
      close: async () => void (await Promise.all([ours.stop(), baseline.stop()])),
    }
  },
} satisfies BenchCase

/** A platform whose analyst asks a provider that takes `milliseconds` for each answer. */
async function platform(servers: Servers, name: string, milliseconds: number) {
  const provider = await startChatProvider(milliseconds)
  provider.open()
  const api = await startApi(servers, name, {
    CENOPIE_INTERVIEWS_ANALYST: 'openai-compatible',
    CENOPIE_INTERVIEWS_ANALYST_BASE_URL: provider.url,
    CENOPIE_INTERVIEWS_ANALYST_MODEL: 'peer',
  })
  return {
    api,
    async stop() {
      await api.stop()
      await provider.stop()
    },
  }
}

/** Median time of one submission, in milliseconds, over interviews prepared for this run; one after the other. */
async function submitting({ stage }: Api): Promise<number> {
  const { submissions } = await crowd(stage, size)
  const times = []
  for (const submit of submissions) {
    const started = performance.now()
    await submit()
    times.push(performance.now() - started)
    await wait(pauseMs)
  }
  return median(times)
}
