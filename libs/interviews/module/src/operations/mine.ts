import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { record } from '../data/audit.ts'
import type { Prisma } from '../data/client.ts'
import { lockForCandidate } from '../data/interview-row.ts'
import { renewLink } from '../data/interviews.ts'
import { listOfCandidate } from '../data/summaries.ts'
import { daysAfter } from '../domain/deadline.ts'
import { candidateOf } from './link-access.ts'
import { newLink, type LinkConfig } from './invite.ts'
import { paged, positionOf } from './paged.ts'
import type { Operations } from './types.ts'

export function candidateOperations(
  database: Database,
  prisma: Prisma,
  config: LinkConfig,
): Operations<'listMyInterviews' | 'openMyInterview'> {
  return {
    async listMyInterviews({ limit, cursor }, { actor }) {
      const before = positionOf(cursor)
      return paged(await listOfCandidate(prisma, actor.id, limit + 1, new Date(), before), limit)
    },

    async openMyInterview({ interviewId }, { actor }) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockForCandidate(tx, interviewId, actor.id)
        if (!interview?.deadline) throw new Fault(faults.notFound)
        if (interview.status === 'cancelled') throw new Fault(interviewFaults.cancelled)
        const { token, ...link } = newLink(interview.deadline, config)
        // Also after the link has expired: whoever consented may withdraw that at any time.
        const lasts = daysAfter(now, config.linkGraceDays)
        const linkExpiresAt = link.linkExpiresAt < lasts ? lasts : link.linkExpiresAt
        await renewLink(tx, interview.id, { ...link, linkExpiresAt })
        await record(tx, { interviewId, actor: candidateOf(interview), action: 'link.renewed', at: now })
        return { token, deadline: interview.deadline.toISOString() }
      })
    },
  }
}
