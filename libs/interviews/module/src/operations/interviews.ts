import type { mediaContract } from '@cenopie/media-contract'
import { Fault, faults, type Client, type UserActor } from '@cenopie/platform-contract'
import { listAudit } from '../data/audit.ts'
import type { Prisma } from '../data/client.ts'
import { findReview } from '../data/review.ts'
import { companyOf, findSummary, listInterviews } from '../data/summaries.ts'
import { readerOf, requireManager, requireMember } from './authorise.ts'
import { paged, positionOf } from './paged.ts'
import { withRecordingUrls } from './recording-urls.ts'
import type { Operations } from './types.ts'

export function interviewOperations(
  prisma: Prisma,
  media: Client<typeof mediaContract>,
): Operations<'listInterviews' | 'reviewInterview' | 'listAuditTrail' | 'getInterview'> {
  async function requireVisible(actor: UserActor, id: string): Promise<string> {
    const companyId = await companyOf(prisma, id, readerOf(actor))
    if (companyId === undefined) throw new Fault(faults.notFound)
    return companyId
  }

  return {
    async listInterviews({ limit, cursor, ...filter }, { actor }) {
      requireMember(actor, filter.companyId)
      const before = positionOf(cursor)
      const page = { ...filter, before, take: limit + 1 }
      return paged(await listInterviews(prisma, readerOf(actor), page, new Date()), limit)
    },

    async reviewInterview({ interviewId }, call) {
      const review = await findReview(prisma, interviewId, readerOf(call.actor), new Date())
      if (!review) throw new Fault(faults.notFound)
      return withRecordingUrls(review, media, call)
    },

    async listAuditTrail({ interviewId, limit, cursor }, { actor }) {
      requireManager(actor, await requireVisible(actor, interviewId))
      return paged(await listAudit(prisma, interviewId, limit + 1, positionOf(cursor)), limit)
    },

    async getInterview({ interviewId }) {
      const summary = await findSummary(prisma, interviewId, new Date())
      if (!summary) throw new Fault(faults.notFound)
      return summary
    },
  }
}
