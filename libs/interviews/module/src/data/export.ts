import { maxExportedEntries, type ConsentState, type InterviewExport } from '@cenopie/interviews-contract'
import { seesOthers } from '../domain/scorecard.ts'
import { listAudit } from './audit.ts'
import type { Prisma } from './client.ts'
import { humanReviewCaseOf } from './human-reviews.ts'
import type { Reader } from './interview-row.ts'
import { findReview } from './review.ts'
import { scorecardsOf } from './scorecards.ts'
import { visibleTo } from './summaries.ts'

/** One interview with all that its company may put on file, or undefined when it is not the reader's. */
export async function findExport(
  prisma: Prisma,
  id: string,
  reader: Reader,
  now: Date,
): Promise<InterviewExport | undefined> {
  const interview = await findReview(prisma, id, reader, now)
  const row = await prisma.interview.findFirst({
    where: { id, ...visibleTo(reader) },
    include: { consents: { orderBy: { at: 'asc' }, take: 100 }, humanReview: true },
  })
  if (!interview || !row) return undefined
  const { own, others } = await scorecardsOf(prisma, id, reader.userId)
  const shown = seesOthers(own, row.status) ? others : []
  const trail = await listAudit(prisma, id, maxExportedEntries + 1)
  return {
    exportedAt: now.toISOString(),
    exportedBy: reader.userId,
    interview,
    consents: row.consents.map(({ decision, textVersion, at }) => ({
      decision: decision as ConsentState,
      textVersion,
      at: at.toISOString(),
    })),
    scorecards: [...(own === undefined ? [] : [own]), ...shown],
    hiddenScorecards: others.length - shown.length,
    ...(row.humanReview === null ? {} : { humanReview: humanReviewCaseOf(row.humanReview, row) }),
    trail: trail.slice(0, maxExportedEntries),
    trailComplete: trail.length <= maxExportedEntries,
  }
}
