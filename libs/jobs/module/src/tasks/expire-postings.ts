import { jobsEvents } from '@cenopie/jobs-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox, Schedule } from '@cenopie/platform-outbox'
import { expireDue } from '../data/expiry.ts'

/** Bounds one transaction; a longer queue takes several. */
const BATCH = 200

/**
 * Turns postings whose date has passed into expired ones and says so, once each: the change of state and the event
 * commit together. Readers do not depend on it: a date that has passed counts at once.
 */
export function expirePostings(database: Database, outbox: Outbox): Schedule {
  return {
    name: 'expire-postings',
    everySeconds: 60,
    async run(call, signal) {
      for (let expired = BATCH; expired === BATCH && !signal.aborted;) {
        expired = await database.transaction(async (tx) => {
          const postings = await expireDue(tx, BATCH)
          for (const { id, companyId, version } of postings) {
            await outbox.publish(tx, call, jobsEvents.postingClosed, {
              entity: { id, version },
              payload: { postingId: id, companyId, reason: 'expired' },
            })
          }
          return postings.length
        })
      }
    },
  }
}
