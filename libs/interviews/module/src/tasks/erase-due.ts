import type { Database } from '@cenopie/platform-database'
import type { Schedule } from '@cenopie/platform-outbox'
import { nobody } from '../data/erasure.ts'
import { dueInterviews, lockDue } from '../data/retention.ts'
import type { Erase } from '../operations/erase.ts'

const batch = 100

/**
 * Erases interviews whose company keeps them no longer, each in a transaction of its own: one that cannot be erased
 * holds up no other, and is tried again with the next run.
 */
export function eraseDueSchedule(
  database: Database,
  erase: Erase,
  config: { retentionCheckSeconds: number },
): Schedule {
  return {
    name: 'erase-due',
    everySeconds: config.retentionCheckSeconds,
    async run(call, signal) {
      const now = new Date()
      const failures: unknown[] = []
      let after = nobody
      for (;;) {
        const ids = await dueInterviews(database, now, batch, after)
        for (const id of ids) {
          signal.throwIfAborted()
          after = id
          try {
            await database.transaction(async (tx) => {
              const interview = await lockDue(tx, now, id)
              const by = { kind: 'service', id: 'interviews' } as const
              if (interview) await erase(tx, call, interview, { cause: 'retention', by })
            })
          } catch (error) {
            failures.push(error)
          }
        }
        if (ids.length < batch) break
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} interviews could not be erased`)
      }
    },
  }
}
