import { jobsEvents, jobsFaults } from '@cenopie/jobs-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { changePosting } from '../data/postings.ts'
import type { Prisma } from '../data/prisma.ts'
import { expiry, mayEdit } from '../domain/posting-state.ts'
import { readableCompanies } from '../domain/roles.ts'
import { managed } from './authorise.ts'
import type { Handler } from './handler.ts'
import { postingFacts } from './posting-facts.ts'

/** Changes a draft or a published posting, on the version that the editor has seen. */
export function editPosting(prisma: Prisma, outbox: Outbox, maxOpenDays: number): Handler<'editPosting'> {
  return ({ postingId, version, expiresAt, ...fields }, call) => {
    const now = new Date()
    return changePosting(prisma, postingId, readableCompanies(call.actor), now, {
      decide(found) {
        const posting = managed(call.actor, found)
        if (posting.version !== version) throw new Fault(jobsFaults.versionConflict)
        if (!mayEdit(posting.state)) throw new Fault(jobsFaults.postingState)
        return {
          ...fields,
          ...(expiresAt !== undefined && { expiresAt: expiry(expiresAt, now, maxOpenDays) }),
        }
      },
      async announce(tx, posting) {
        if (posting.state !== 'published') return
        await outbox.publish(tx, call, jobsEvents.postingUpdated, postingFacts(posting))
      },
    })
  }
}
