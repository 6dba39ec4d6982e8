import { Fault, faults } from '@cenopie/platform-contract'
import { findOfCompany, listOfPosting } from '../data/application-views.ts'
import type { Prisma } from '../data/prisma.ts'
import { readableCompanies } from '../domain/roles.ts'
import { mustRead } from './authorise.ts'
import type { Handler } from './handler.ts'
import { idFrom, pageById } from './paging.ts'

/** A posting's applications, for members of its company. */
export function listApplications(prisma: Prisma): Handler<'listApplications'> {
  return async ({ postingId, stage, limit, cursor }, call) => {
    const window = { stage, after: idFrom(cursor), limit: limit + 1 }
    const found = await listOfPosting(prisma, readableCompanies(call.actor), postingId, window)
    if (!found) throw new Fault(faults.notFound)
    return { ...pageById(found.items, limit), counts: found.counts }
  }
}

/** One application, for members of its company. */
export function reviewApplication(prisma: Prisma): Handler<'reviewApplication'> {
  return async ({ companyId, applicationId }, call) => {
    mustRead(call.actor, companyId)
    const application = await findOfCompany(prisma, [companyId], applicationId)
    if (!application) throw new Fault(faults.notFound)
    return application
  }
}
