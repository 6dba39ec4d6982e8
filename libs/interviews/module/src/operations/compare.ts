import { Fault, faults } from '@cenopie/platform-contract'
import type { Prisma } from '../data/client.ts'
import { findCompared } from '../data/comparison.ts'
import { compare } from '../domain/comparison.ts'
import { readerOf, requireMember } from './authorise.ts'
import type { Operations } from './types.ts'

export function compareOperation(prisma: Prisma): Operations<'compareInterviews'> {
  return {
    async compareInterviews({ companyId, postingId, interviewIds, limit }, { actor }) {
      requireMember(actor, companyId)
      const wanted = interviewIds === undefined ? undefined : [...new Set(interviewIds)]
      const filter = { companyId, postingId, interviewIds: wanted, take: wanted?.length ?? limit }
      const found = await findCompared(prisma, readerOf(actor), filter, new Date())
      // Of another posting or company, not submitted, erased or one's own: it is not there to be compared.
      if (wanted !== undefined && found.length < wanted.length) throw new Fault(faults.notFound)
      return { postingId, interviews: found.map(({ column }) => column), criteria: compare(found) }
    },
  }
}
