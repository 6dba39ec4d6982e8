import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { indexNames, type IndexName } from '@cenopie/search-contract'
import { indexStates } from '../data/index-state.ts'
import { startComparison } from '../tasks/check-drift.ts'
import { startRebuild } from '../tasks/rebuild.ts'
import type { Handler } from './handler.ts'

/** For operators. */
export function upkeepOperations(database: Database, outbox: Outbox) {
  const reindex: Handler<'reindex'> = async ({ index }, call) => ({
    started: await startRebuild(database, outbox, call, index),
  })
  const checkDrift: Handler<'checkDrift'> = async ({ index }, call) => {
    await startComparison(database, outbox, call, index)
    return { started: true }
  }
  const getIndexes: Handler<'getIndexes'> = async () => {
    const states = new Map((await indexStates(database)).map((state) => [state.index, state]))
    return { items: indexNames.map((index) => shown(index, states.get(index))) }
  }
  return { reindex, checkDrift, getIndexes }
}

function shown(index: IndexName, state: Awaited<ReturnType<typeof indexStates>>[number] | undefined) {
  return {
    index,
    building: state?.building ?? false,
    copied: state?.copied ?? 0,
    ...(state?.builtAt && { builtAt: state.builtAt.toISOString() }),
    ...(state?.drift && { drift: state.drift }),
  }
}
