import { faults, id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { decision, interviewStatus, recommendation, unscored } from './review.ts'
import { anchor, maxCriteria, maxQuestions, meanScore } from './template.ts'

/** Side by side: more columns than this nobody compares. */
export const maxCompared = 20

export const comparedInterview = z
  .object({
    interviewId: id,
    candidateId: id,
    candidateName: z.string(),
    status: interviewStatus,
    templateVersion: z.int().min(1).optional(),
    overall: meanScore.optional().describe('Weighted mean of all criteria, overrides applied.'),
    aiOverall: meanScore.optional().describe('The same as the analyst alone scored them.'),
    unscored,
    decision: decision.optional(),
    recommendations: z
      .array(z.object({ reviewerId: id, recommendation }))
      .max(200)
      .describe('Of the scorecards that you may see.'),
    hiddenScorecards: z.int().min(0).describe('Submitted by others; shown once your own is submitted.'),
  })
  .meta({ id: 'ComparedInterview' })

export const comparedCell = z
  .object({
    interviewId: id,
    aiScore: anchor.optional().describe('Informative; absent without consent, or not analysed.'),
    override: anchor.optional(),
    scorecards: z.array(z.object({ reviewerId: id, score: anchor })).max(200),
    mean: meanScore.optional().describe('Of the scorecards shown here, to two decimals.'),
    spread: z.int().min(0).max(4).optional().describe('Highest less lowest of them.'),
  })
  .meta({ id: 'ComparedCell' })

export const comparison = z
  .object({
    postingId: id,
    interviews: z.array(comparedInterview).max(maxCompared).describe('Best overall first.'),
    criteria: z
      .array(
        z.object({
          questionId: id,
          question: z.string(),
          criterionId: id,
          name: z.string(),
          weight: z.int().min(1),
          cells: z
            .array(comparedCell)
            .max(maxCompared)
            .describe('One for each interview whose rubric has the criterion, in their order.'),
        }),
      )
      .max(maxQuestions * maxCriteria * maxCompared)
      .describe('As the newest template version among them orders and names them, then older ones.'),
  })
  .meta({ id: 'InterviewComparison' })

export const comparisonOperations = {
  compareInterviews: operation({
    method: 'GET',
    path: '/api/v1/interviews/comparison',
    summary: 'Compare candidates of a posting by criterion',
    description:
      'The interviews named, or the best of all that were submitted. Scorecards of others stay hidden, and so does ' +
      'what could be computed from them, until your own of that interview is submitted or it is decided.',
    access: 'user',
    input: {
      companyId: id,
      postingId: id,
      interviewIds: z.array(id).min(1).max(maxCompared).optional(),
      limit: z.int().min(1).max(maxCompared).default(10).describe('Without `interviewIds`.'),
    },
    output: comparison,
    faults: [faults.notFound, faults.forbidden],
  }),
}

export type Comparison = z.output<typeof comparison>
export type ComparedInterview = z.output<typeof comparedInterview>
export type ComparedCell = z.output<typeof comparedCell>
