import { event, id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { humanReviewOutcome } from './human-review.ts'
import { alternative } from './recording.ts'
import { erasureCause, erasureCounts } from './retention.ts'
import { decision, unscored } from './review.ts'
import { answerMode } from './template.ts'

const name = z.string().max(300)
const ids = { interviewId: id, applicationId: id, postingId: id, companyId: id }
const candidate = { candidateId: id, candidateName: name }
const posting = { companyName: name, title: name }

/** Also after a resend: the token before it has stopped working. */
export const invited = event(
  'interviews.invited',
  1,
  z.object({
    ...{ ...ids, ...posting, ...candidate },
    token: z.string().max(128),
    deadline: timestamp,
    modes: z.array(answerMode).optional().describe('All that its questions may be answered in.'),
  }),
)

/** Once per interview. Carries no token: only its hash is kept, so the mail leads to the candidate's own list. */
export const reminderDue = event(
  'interviews.reminder-due',
  1,
  z.object({ ...ids, ...posting, ...candidate, token: z.string().max(128).optional(), deadline: timestamp }),
)

export const submitted = event(
  'interviews.submitted',
  1,
  z.object({ ...ids, ...posting, ...candidate, humanReview: z.boolean(), invitedBy: id.optional() }),
)

/** Every answer has its scores, or is left to people. Published once per interview. */
export const analysed = event(
  'interviews.analysed',
  1,
  z.object({ ...ids, ...posting, ...candidate, invitedBy: id.optional(), unscored }),
)

export const analysisFailed = event(
  'interviews.analysis-failed',
  1,
  z.object({
    ...{ ...ids, ...posting, ...candidate },
    invitedBy: id.optional(),
    reason: z.string().max(1000),
    leftToPeople: z
      .literal(true)
      .optional()
      .describe('No answer can be scored by software; there is nothing to try again.'),
  }),
)

export const decided = event(
  'interviews.decided',
  1,
  z.object({ ...ids, ...posting, ...candidate, decision, reason: z.string().max(2000), decidedBy: id }),
)

/** Once for each kind. It is granted already; what the candidate says about it is read where it is kept. */
export const alternativeRequested = event(
  'interviews.alternative-requested',
  1,
  z.object({ ...ids, ...posting, ...candidate, invitedBy: id.optional(), kind: alternative }),
)

/** The candidate asked that a person looks again. Their reason is read where it is kept. */
export const humanReviewRequested = event(
  'interviews.human-review-requested',
  1,
  z.object({ ...ids, ...posting, ...candidate, invitedBy: id.optional(), decidedBy: id.optional() }),
)

/** A person looked again and answered. */
export const humanReviewResolved = event(
  'interviews.human-review-resolved',
  1,
  z.object({ ...ids, ...posting, ...candidate, outcome: humanReviewOutcome, decision: decision.optional() }),
)

/** A human review turned the decision round. `decided` is not published again. */
export const decisionChanged = event(
  'interviews.decision-changed',
  1,
  z.object({ ...ids, ...posting, ...candidate, from: decision, to: decision, decidedBy: id }),
)

/** Nothing of what the candidate said or was scored remains; the counts are the receipt. Names nobody. */
export const erased = event(
  'interviews.erased',
  1,
  z.object({
    interviewId: id,
    companyId: id,
    receiptId: id,
    erasedAt: timestamp,
    cause: erasureCause,
    counts: erasureCounts,
  }),
)

export const interviewsEvents = {
  invited,
  reminderDue,
  submitted,
  analysed,
  analysisFailed,
  decided,
  alternativeRequested,
  humanReviewRequested,
  humanReviewResolved,
  decisionChanged,
  erased,
}
