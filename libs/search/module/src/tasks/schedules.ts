import type { Database } from '@cenopie/platform-database'
import type { Outbox, Schedule } from '@cenopie/platform-outbox'
import { indexNames } from '@cenopie/search-contract'
import { startComparison } from './check-drift.ts'
import { startCount } from './count-terms.ts'
import { startMissing } from './rebuild.ts'

const [minute, hour] = [60, 3600]

export function schedules(database: Database, outbox: Outbox): Schedule[] {
  return [
    // A rebuild that was given up is tried again.
    { name: 'build-missing', everySeconds: 5 * minute, run: (call) => startMissing(database, outbox, call) },
    {
      name: 'count-terms',
      everySeconds: hour,
      run: (call) => database.transaction((tx) => startCount(outbox, tx, call)),
    },
    {
      name: 'check-drift',
      everySeconds: 24 * hour,
      run: async (call) => {
        for (const index of indexNames) await startComparison(database, outbox, call, index)
      },
    },
  ]
}
