import type { Drift, IndexName } from '@cenopie/search-contract'

interface Difference {
  kind: 'missing' | 'stale' | 'extra'
  count: number
  sample: string[]
}

const none = { count: 0, sample: [] }

export function driftOf(
  index: IndexName,
  differences: readonly Difference[],
  source = 0,
  now = new Date(),
): Drift {
  const of = (kind: Difference['kind']) => {
    const found = differences.find((difference) => difference.kind === kind)
    return found ? { count: found.count, sample: found.sample } : none
  }
  return {
    index,
    checkedAt: now.toISOString(),
    source,
    missing: of('missing'),
    stale: of('stale'),
    extra: of('extra'),
  }
}

export const isDrift = ({ missing, stale, extra }: Drift) => missing.count + stale.count + extra.count > 0
