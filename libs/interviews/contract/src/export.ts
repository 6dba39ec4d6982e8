import { faults, id, operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { consentState } from './candidate.ts'
import { humanReviewCase } from './human-review.ts'
import { auditEntry, interviewReview, scorecard } from './review.ts'

/** The trail of an interview is far shorter; a longer one says so. */
export const maxExportedEntries = 2000

export const interviewExport = z
  .object({
    exportedAt: timestamp,
    exportedBy: id,
    interview: interviewReview,
    consents: z.array(z.object({ decision: consentState, textVersion: z.string(), at: timestamp })).max(100),
    scorecards: z.array(scorecard).max(201).describe('Your own, and those of others that you may see.'),
    hiddenScorecards: z.int().min(0),
    humanReview: humanReviewCase.optional(),
    trail: z.array(auditEntry).max(maxExportedEntries).describe('Oldest first.'),
    trailComplete: z.boolean(),
  })
  .meta({ id: 'InterviewExport' })

export const exportedFor = 'Those who may manage the interview. Leaves an entry in the trail.'

export const exportOperations = {
  exportInterview: operation({
    method: 'GET',
    path: '/api/v1/interviews/{interviewId}/export',
    summary: 'Export one interview for the file, as JSON',
    description: exportedFor,
    access: 'user',
    input: { interviewId: id },
    output: interviewExport,
    repeatable: false,
    faults: [faults.notFound, faults.forbidden],
    rateLimit: { max: 30, windowSeconds: 60 },
  }),
}

export type InterviewExport = z.output<typeof interviewExport>
