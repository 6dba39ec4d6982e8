import { task, type CallContext } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type Outbox } from '@cenopie/platform-outbox'
import { IndexName } from '@cenopie/search-contract'
import { z } from 'zod'
import { compareGenerations, keepTombstones } from '../data/comparison.ts'
import {
  abandonBuilding,
  advance,
  beginBuilding,
  holdForSwap,
  makeIndexes,
  nextOf,
  progress,
  swap,
} from '../data/generations.ts'
import { indexStates, recordDrift } from '../data/index-state.ts'
import { analysis } from '../domain/words.ts'
import { driftOf, isDrift } from '../domain/drift.ts'
import { startCount } from './count-terms.ts'
import { snapshotReaders, type Owners } from './snapshots.ts'

/** Entities per page: one transaction each, so that a run that is killed repeats at most one. */
const pageSize = 500

const rebuildIndex = task('search.rebuild-index', z.strictObject({ index: IndexName }), {
  concurrency: 1,
  timeoutSeconds: 3600,
})

/** Begins a rebuild unless one is under way; the task does the work. */
export function startRebuild(
  database: Database,
  outbox: Outbox,
  call: CallContext,
  index: IndexName,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    if (!(await beginBuilding(tx, index))) return false
    await outbox.enqueue(tx, call, rebuildIndex, { index }, { key: index })
    return true
  })
}

/** Rebuilds what was never built, or was built with another analysis of words. */
export async function startMissing(database: Database, outbox: Outbox, call: CallContext): Promise<void> {
  const states = new Map((await indexStates(database)).map((state) => [state.index, state]))
  for (const index of IndexName.options) {
    const state = states.get(index)
    if (!state?.builtAt || state.analysis !== analysis) await startRebuild(database, outbox, call, index)
  }
}

/**
 * Reads all entities from the domain that owns them into a new index, then swaps it with the one in use. News that
 * comes meanwhile goes into both (`intoEach`), and of an entity the newer version stays, whichever came first.
 */
export function rebuildHandler(database: Database, outbox: Outbox, owners: Owners) {
  const readers = snapshotReaders(owners)
  return handle(
    rebuildIndex,
    async ({ index }, { call, signal, log, done }) => {
      const begun = await progress(database, index)
      const learned = new Set<string>()
      for (let cursor = begun && (begun.cursor ?? undefined), more = begun !== undefined; more;) {
        signal.throwIfAborted()
        const page = await readers[index]({ limit: pageSize, ...(cursor !== undefined && { cursor }) }, call)
        cursor = page.nextCursor
        more = cursor !== undefined
        await database.transaction(async (tx) => {
          await page.write(tx, nextOf(index), learned)
          await advance(tx, index, page.told.length, cursor)
        })
      }
      if (begun) await makeIndexes(database, index)
      await database.transaction(async (tx) => {
        const state = await holdForSwap(tx, index)
        if (state) {
          const drift = driftOf(index, await compareGenerations(tx, index), state.copied)
          await keepTombstones(tx, index)
          await swap(tx, index, analysis)
          await recordDrift(tx, drift)
          await startCount(outbox, tx, call)
          log[state.builtAt && isDrift(drift) ? 'warn' : 'info']({ drift }, 'index rebuilt')
        }
        await done(tx)
      })
    },
    async ({ index }, tx) => abandonBuilding(tx, index),
  )
}
