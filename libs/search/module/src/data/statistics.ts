import type { Queryable } from '@cenopie/platform-database'
import type { Statistics } from '../domain/frequency.ts'
import type { Scope } from './terms.ts'

/** They are counted hourly, and only decide how something is searched, never what is found. */
const freshMs = 5 * 60_000
/** Nothing was counted yet: an index has just been built, or is about to be. */
const uncountedMs = 5_000

export type StatisticsOf = (scope: Scope) => Promise<Statistics>

/** How frequent words are, read again when it was long ago. */
export function statistics(db: Queryable): StatisticsOf {
  const kept = new Map<Scope, { until: number; read: Promise<Statistics> }>()
  return (scope) => {
    const known = kept.get(scope)
    if (known && known.until > Date.now()) return known.read
    const read = readCounts(db, scope)
    kept.set(scope, { until: Date.now() + freshMs, read })
    read.then(
      ({ total }) => {
        if (total === 0) kept.set(scope, { until: Date.now() + uncountedMs, read })
      },
      () => kept.delete(scope),
    )
    return read
  }
}

async function readCounts(db: Queryable, scope: Scope): Promise<Statistics> {
  const rows = await db.query<{ lexeme: string; docs: number }>(
    'select lexeme, docs from lexeme_count where scope = $1',
    [scope],
  )
  const docs = new Map(rows.map((row) => [row.lexeme, row.docs]))
  return { total: docs.get('') ?? 0, docs }
}
