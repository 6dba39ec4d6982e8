import { jobsEvents, jobsFaults } from '@cenopie/jobs-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { changePosting } from '../data/postings.ts'
import type { Prisma } from '../data/prisma.ts'
import { defaultExpiry, expiry, mayPublish } from '../domain/posting-state.ts'
import { readableCompanies } from '../domain/roles.ts'
import { managed } from './authorise.ts'
import type { Handler } from './handler.ts'
import { postingFacts } from './posting-facts.ts'

/** Publishes a draft; what was closed or has expired is published anew, with a new date. */
export function publishPosting(
  prisma: Prisma,
  outbox: Outbox,
  { openDays, maxOpenDays }: { openDays: number; maxOpenDays: number },
): Handler<'publishPosting'> {
  return ({ postingId, expiresAt }, call) => {
    const now = new Date()
    return changePosting(prisma, postingId, readableCompanies(call.actor), now, {
      decide(found) {
        const posting = managed(call.actor, found)
        if (!mayPublish(posting.state)) throw new Fault(jobsFaults.postingState)
        const kept = posting.expiresAt === undefined ? null : new Date(posting.expiresAt)
        return {
          state: 'published',
          publishedAt: now,
          expiresAt:
            expiresAt === undefined
              ? defaultExpiry(kept, now, openDays)
              : expiry(expiresAt, now, maxOpenDays),
          closedAt: null,
        }
      },
      announce: (tx, posting) => outbox.publish(tx, call, jobsEvents.postingPublished, postingFacts(posting)),
    })
  }
}
