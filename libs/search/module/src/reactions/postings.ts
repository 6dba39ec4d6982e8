import { jobsEvents } from '@cenopie/jobs-contract'
import { react } from '@cenopie/platform-outbox'
import { intoEach } from '../data/generations.ts'
import { writePostings } from '../data/writes.ts'

/** Open postings are found; what is over leaves a tombstone, so that older news cannot bring it back. */
export const postingReactions = [
  react(jobsEvents.postingPublished, 'search.posting-published', async ({ entity, payload }, tx) =>
    intoEach(tx, 'postings', (table) => writePostings(tx, table, [{ ...entity, facts: payload }])),
  ),
  react(jobsEvents.postingUpdated, 'search.posting-updated', async ({ entity, payload }, tx) =>
    intoEach(tx, 'postings', (table) => writePostings(tx, table, [{ ...entity, facts: payload }])),
  ),
  react(jobsEvents.postingClosed, 'search.posting-closed', async ({ entity }, tx) =>
    intoEach(tx, 'postings', (table) => writePostings(tx, table, [entity])),
  ),
]
