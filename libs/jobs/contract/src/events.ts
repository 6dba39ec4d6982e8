import { event, id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { RejectionReason, Stage } from './application.ts'
import { Employment, PayRange, Workplace } from './posting.ts'
import { written } from './text.ts'

const posting = z.object({
  postingId: id,
  companyId: id,
  companyName: written(200),
  title: written(140),
  description: written(20_000),
  location: written(140),
  workplace: Workplace,
  employment: Employment,
  skills: z.array(written(60)).max(50),
  pay: PayRange.optional(),
  publishedAt: timestamp,
  expiresAt: timestamp,
})

const application = {
  applicationId: id,
  postingId: id,
  companyId: id,
  companyName: written(200),
  title: written(140),
  candidateId: id,
  candidateName: written(200),
}

/** A user's id; absent when a module acted on its own account. */
const actedBy = id.optional()

export const jobsEvents = {
  postingDrafted: event(
    'jobs.posting-drafted',
    1,
    z.object({ postingId: id, companyId: id, title: written(140) }),
  ),
  postingPublished: event('jobs.posting-published', 1, posting),
  postingUpdated: event('jobs.posting-updated', 1, posting),
  postingClosed: event(
    'jobs.posting-closed',
    1,
    z.object({ postingId: id, companyId: id, reason: z.enum(['closed', 'expired']) }),
  ),
  applicationSubmitted: event('jobs.application-submitted', 1, z.object(application)),
  applicationAdvanced: event(
    'jobs.application-advanced',
    1,
    z.object({ ...application, fromStage: Stage, toStage: Stage, actedBy }),
  ),
  applicationRejected: event(
    'jobs.application-rejected',
    1,
    z.object({
      ...application,
      fromStage: Stage,
      reason: RejectionReason.describe('For the company; never shown to the candidate'),
      message: written(5_000).optional().describe('For the candidate'),
      actedBy,
    }),
  ),
  applicationWithdrawn: event(
    'jobs.application-withdrawn',
    1,
    z.object({ ...application, fromStage: Stage }),
  ),
  applicationHired: event('jobs.application-hired', 1, z.object({ ...application, actedBy })),
} as const
