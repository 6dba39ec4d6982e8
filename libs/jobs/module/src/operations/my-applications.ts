import { Fault, faults } from '@cenopie/platform-contract'
import { findOfCandidate, listOfCandidate } from '../data/application-views.ts'
import type { Prisma } from '../data/prisma.ts'
import type { Handler } from './handler.ts'
import { idFrom, pageById } from './paging.ts'

/** The caller's own applications. */
export function listMyApplications(prisma: Prisma): Handler<'listMyApplications'> {
  return async ({ limit, cursor }, call) => {
    const window = { after: idFrom(cursor), limit: limit + 1 }
    return pageById(await listOfCandidate(prisma, call.actor.id, window), limit)
  }
}

/** One of them, with its status and what the company wrote to the candidate. */
export function getMyApplication(prisma: Prisma): Handler<'getMyApplication'> {
  return async ({ applicationId }, call) => {
    const application = await findOfCandidate(prisma, call.actor.id, applicationId)
    if (!application) throw new Fault(faults.notFound)
    return application
  }
}
