import { Fault, faults } from '@cenopie/platform-contract'
import { findPosting, listOfCompany } from '../data/postings.ts'
import type { Prisma } from '../data/prisma.ts'
import { mustRead } from './authorise.ts'
import type { Handler } from './handler.ts'
import { idFrom, pageById } from './paging.ts'

/** A company's own postings, drafts included. */
export function listCompanyPostings(prisma: Prisma): Handler<'listCompanyPostings'> {
  return async ({ companyId, state, limit, cursor }, call) => {
    mustRead(call.actor, companyId)
    const window = { state, after: idFrom(cursor), limit: limit + 1 }
    return pageById(await listOfCompany(prisma, companyId, window, new Date()), limit)
  }
}

/** One of them. */
export function getCompanyPosting(prisma: Prisma): Handler<'getCompanyPosting'> {
  return async ({ companyId, postingId }, call) => {
    mustRead(call.actor, companyId)
    const posting = await findPosting(prisma, postingId, new Date(), [companyId])
    if (!posting) throw new Fault(faults.notFound)
    return posting
  }
}
