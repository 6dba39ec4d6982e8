import { faults, id, operation, page, paging, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { interviewFaults } from './faults.ts'
import { decision } from './review.ts'
import { statement } from './text.ts'

/** `changed`: the decision was turned round; `upheld`: it stands, or people go on to take it. */
export const humanReviewOutcome = z.enum(['upheld', 'changed'])

export const humanReview = z
  .object({
    interviewId: id,
    state: z.enum(['open', 'resolved']),
    reason: z.string().describe('The candidate’s own words.'),
    requestedAt: timestamp,
    outcome: humanReviewOutcome.optional(),
    explanation: z.string().optional().describe('For the candidate, by the person who looked again.'),
    resolvedAt: timestamp.optional(),
    decision: decision.optional().describe('In force now.'),
  })
  .meta({ id: 'HumanReview' })

/** As the company sees it. */
export const humanReviewCase = z
  .object({
    ...humanReview.shape,
    postingId: id,
    title: z.string(),
    candidateName: z.string(),
    decidedBy: id
      .optional()
      .describe('Who took the decision in force: somebody else is best placed to answer.'),
    resolvedBy: id.optional(),
  })
  .meta({ id: 'HumanReviewCase' })

const notFound = [faults.notFound] as const

export const humanReviewOperations = {
  requestHumanReview: operation({
    method: 'POST',
    path: '/api/v1/interviews/mine/{interviewId}/human-review',
    summary: 'Ask that a person looks at your interview again',
    description: 'Once per interview, after you have submitted it (GDPR Art. 22(3), EU AI Act Art. 86).',
    access: 'user',
    input: { interviewId: id, reason: statement(4000) },
    output: humanReview,
    status: 201,
    faults: [...notFound, interviewFaults.notReviewable, interviewFaults.humanReviewRequested],
  }),
  listHumanReviews: operation({
    method: 'GET',
    path: '/api/v1/interviews/human-reviews',
    summary: 'List the human reviews that a company’s candidates asked for, newest interview first',
    access: 'user',
    input: { companyId: id, state: z.enum(['open', 'resolved']).optional(), ...paging },
    output: page(humanReviewCase),
    faults: [...notFound, faults.forbidden],
  }),
  resolveHumanReview: operation({
    method: 'POST',
    path: '/api/v1/interviews/{interviewId}/human-review/resolution',
    summary: 'Answer a request for human review',
    description:
      '`changed` turns the decision round; the application is moved by hand then, as it may have gone on meanwhile.',
    access: 'user',
    input: { interviewId: id, outcome: humanReviewOutcome, explanation: statement(4000) },
    output: humanReviewCase,
    faults: [...notFound, faults.forbidden, interviewFaults.notDecided, interviewFaults.humanReviewResolved],
  }),
}

export type HumanReview = z.output<typeof humanReview>
export type HumanReviewCase = z.output<typeof humanReviewCase>
export type HumanReviewOutcome = z.output<typeof humanReviewOutcome>
