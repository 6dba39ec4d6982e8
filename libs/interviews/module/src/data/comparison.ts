import type { ComparedInterview } from '@cenopie/interviews-contract'
import type { Compared } from '../domain/comparison.ts'
import { reviewable } from '../domain/lifecycle.ts'
import { seesOthers } from '../domain/scorecard.ts'
import type { Prisma } from './client.ts'
import type { Reader } from './interview-row.ts'
import { storedQuestions } from './questions.ts'
import { scorecardOf } from './scorecards.ts'
import { summaryOf, visibleTo, withUnscored } from './summaries.ts'

export interface ComparisonFilter {
  companyId: string
  postingId: string
  interviewIds?: string[] | undefined
  take: number
}

/** Submitted interviews of a posting that the reader may see, best overall first, with the scorecards they may see. */
export async function findCompared(
  prisma: Prisma,
  reader: Reader,
  filter: ComparisonFilter,
  now: Date,
): Promise<(Compared & { column: ComparedInterview })[]> {
  const rows = await prisma.interview.findMany({
    where: {
      AND: [
        visibleTo(reader),
        { companyId: filter.companyId, postingId: filter.postingId, erasedAt: null },
        { status: { in: [...reviewable, 'decided'] } },
        filter.interviewIds === undefined ? {} : { id: { in: filter.interviewIds } },
      ],
    },
    include: {
      ...withUnscored,
      templateVersion: true,
      answers: { select: { scores: { select: { criterionId: true, score: true, overrideScore: true } } } },
      scorecards: {
        where: { OR: [{ reviewerId: reader.userId }, { status: 'submitted' }] },
        orderBy: [{ submittedAt: 'asc' }, { reviewerId: 'asc' }],
        take: 200,
      },
    },
    orderBy: [{ overall: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
    take: filter.take,
  })
  return rows.map((row) => {
    const submitted = row.scorecards.filter(({ status }) => status === 'submitted').map(scorecardOf)
    const own = submitted.find(({ reviewerId }) => reviewerId === reader.userId)
    const shown = seesOthers(own, row.status) ? submitted : []
    const summary = summaryOf(row, now)
    const { id: interviewId, candidateId, candidateName, status, overall, unscored, decision } = summary
    return {
      interviewId,
      templateVersion: row.templateVersion?.number ?? 0,
      questions: storedQuestions(row.templateVersion?.questions ?? []),
      scores: row.answers.flatMap(({ scores }) => scores),
      scorecards: shown,
      column: {
        ...{ interviewId, candidateId, candidateName, status },
        ...(row.templateVersion === null ? {} : { templateVersion: row.templateVersion.number }),
        ...(overall === undefined ? {} : { overall }),
        ...(row.aiOverall === null ? {} : { aiOverall: row.aiOverall }),
        ...(unscored === undefined ? {} : { unscored }),
        ...(decision === undefined ? {} : { decision }),
        recommendations: shown.flatMap(({ reviewerId, recommendation }) =>
          recommendation === undefined ? [] : [{ reviewerId, recommendation }],
        ),
        hiddenScorecards: submitted.length - shown.length,
      },
    }
  })
}
