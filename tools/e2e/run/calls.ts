import type { RunningTopology } from '../../topology/index.ts'
import { samples } from './metrics.ts'

/** How often clients and modules called what, in one run: what `npm run architecture -- --calls` reads. */
export interface RecordedCalls {
  topology: string
  /** By `domain.operation`. */
  requests: Record<string, number>
  calls: { caller: string; callee: string; operation: string; count: number }[]
}

export async function recordedCalls(
  topology: string,
  { processes }: RunningTopology,
  requests: ReadonlyMap<string, number>,
): Promise<RecordedCalls> {
  const found = await Promise.all(
    [...processes.values()].map(({ url }) => samples(url, 'cenopie_calls_total')),
  )
  const calls = found.flat().map(({ labels: { caller = '', callee = '', operation = '' }, value }) => {
    return { caller, callee, operation, count: value }
  })
  const inOrder = ({ caller, callee, operation }: (typeof calls)[number]) =>
    `${caller} ${callee} ${operation}`
  return {
    topology,
    requests: Object.fromEntries([...requests].sort()),
    calls: calls.filter(({ count }) => count > 0).toSorted((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1)),
  }
}
