import { jobsEvents, jobsFaults } from '@cenopie/jobs-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { changePosting } from '../data/postings.ts'
import type { Prisma } from '../data/prisma.ts'
import { mayClose } from '../domain/posting-state.ts'
import { readableCompanies } from '../domain/roles.ts'
import { managed } from './authorise.ts'
import type { Handler } from './handler.ts'

/** Takes a posting off the board before its date. Applications to it go on. */
export function closePosting(prisma: Prisma, outbox: Outbox): Handler<'closePosting'> {
  return ({ postingId }, call) => {
    const now = new Date()
    return changePosting(prisma, postingId, readableCompanies(call.actor), now, {
      decide(found) {
        if (!mayClose(managed(call.actor, found).state)) throw new Fault(jobsFaults.postingState)
        return { state: 'closed', closedAt: now }
      },
      announce: (tx, { id, companyId, version }) =>
        outbox.publish(tx, call, jobsEvents.postingClosed, {
          entity: { id, version },
          payload: { postingId: id, companyId, reason: 'closed' },
        }),
    })
  }
}
