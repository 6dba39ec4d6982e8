import type { Queryable } from '@cenopie/platform-database'
import type { Drift, IndexName } from '@cenopie/search-contract'

export interface IndexState {
  index: IndexName
  builtAt: Date | null
  analysis: number
  building: boolean
  copied: number
  drift: Drift | null
}

export async function indexStates(db: Queryable): Promise<IndexState[]> {
  return db.query<IndexState>(
    `select name as index, built_at as "builtAt", analysis, building, copied, drift from index_state order by name`,
  )
}

export async function recordDrift(db: Queryable, drift: Drift): Promise<void> {
  await db.query('update index_state set drift = $2::jsonb where name = $1', [
    drift.index,
    JSON.stringify(drift),
  ])
}
