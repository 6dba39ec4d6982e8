import { task, type CallContext } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type Outbox } from '@cenopie/platform-outbox'
import { IndexName } from '@cenopie/search-contract'
import { z } from 'zod'
import { comparePage, type Difference } from '../data/comparison.ts'
import { recordDrift } from '../data/index-state.ts'
import { driftOf, isDrift } from '../domain/drift.ts'
import { snapshotReaders, type Owners } from './snapshots.ts'

const pageSize = 500
const sampled = 10

const compareIndex = task('search.compare-index', z.strictObject({ index: IndexName }), {
  concurrency: 1,
  attempts: 3,
  timeoutSeconds: 3600,
})

export function startComparison(
  database: Database,
  outbox: Outbox,
  call: CallContext,
  index: IndexName,
): Promise<void> {
  return database.transaction((tx) => outbox.enqueue(tx, call, compareIndex, { index }, { key: index }))
}

/** Compares an index with its owner's snapshot, page by page. What is on its way at that moment counts as drift. */
export function comparisonHandler(database: Database, owners: Owners) {
  const readers = snapshotReaders(owners)
  return handle(compareIndex, async ({ index }, { call, signal, log }) => {
    const differences = new Map<Difference['kind'], Difference>()
    let [source, cursor, after]: [number, string | undefined, string | undefined] = [0, undefined, undefined]
    do {
      signal.throwIfAborted()
      const page = await readers[index]({ limit: pageSize, ...(cursor !== undefined && { cursor }) }, call)
      cursor = page.nextCursor
      source += page.told.length
      const upTo = cursor === undefined ? undefined : page.told.at(-1)?.id
      for (const { id, kind } of await comparePage(database, index, page.told, after, upTo)) {
        const difference = differences.get(kind) ?? { kind, count: 0, sample: [] }
        differences.set(kind, difference)
        difference.count += 1
        if (difference.sample.length < sampled) difference.sample.push(id)
      }
      after = upTo
    } while (cursor !== undefined)
    const drift = driftOf(index, [...differences.values()], source)
    await recordDrift(database, drift)
    log[isDrift(drift) ? 'warn' : 'info']({ drift }, 'index compared')
  })
}
