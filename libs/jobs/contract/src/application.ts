import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { questionKinds } from './posting.ts'
import { text, written } from './text.ts'

export const stages = [
  'applied',
  'screening',
  'interview',
  'offer',
  'hired',
  'rejected',
  'withdrawn',
] as const
export const rejectionReasons = [
  'not-qualified',
  'not-enough-experience',
  'other-candidate-chosen',
  'interview-outcome',
  'location',
  'work-permit',
  'pay-expectation',
  'not-reachable',
  'position-cancelled',
  'other',
] as const

export const Stage = z.enum(stages)
export type Stage = z.infer<typeof Stage>
export const RejectionReason = z.enum(rejectionReasons)
export type RejectionReason = z.infer<typeof RejectionReason>

/** `yes` or `no` for yes-no questions, one of the options for choices, else free text. */
export const ScreeningAnswer = z
  .strictObject({
    questionId: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[a-z0-9-]+$/),
    value: text(5_000),
  })
  .meta({ id: 'ScreeningAnswer', examples: [{ questionId: 'work-permit', value: 'yes' }] })
export type ScreeningAnswer = z.infer<typeof ScreeningAnswer>

/** An answer kept with the question as it read when it was answered. */
export const AnsweredQuestion = z
  .object({
    questionId: written(40),
    prompt: written(500),
    kind: z.enum(questionKinds),
    value: written(5_000),
  })
  .meta({ id: 'AnsweredQuestion' })
export type AnsweredQuestion = z.infer<typeof AnsweredQuestion>

const version = z.int().min(1).max(2_147_483_647)

/** The candidate's own view: the status, and nothing the company keeps for itself. */
export const MyApplicationSummary = z
  .object({
    id,
    postingId: id,
    companyId: id,
    companyName: written(200),
    title: written(140),
    stage: Stage,
    appliedAt: timestamp,
    stageChangedAt: timestamp,
  })
  .meta({ id: 'MyApplicationSummary' })
export type MyApplicationSummary = z.infer<typeof MyApplicationSummary>

export const MyApplication = MyApplicationSummary.extend({
  coverLetter: written(10_000).optional(),
  answers: z.array(AnsweredQuestion).max(20),
  considerForOthers: z.boolean(),
  messageFromCompany: written(5_000).optional().describe('What the company wrote with a rejection'),
  timeline: z.array(z.object({ stage: Stage, at: timestamp })).max(20),
}).meta({ id: 'MyApplication' })
export type MyApplication = z.infer<typeof MyApplication>

/** An application in the company's list; name, headline and place as they were when the candidate applied. */
export const ApplicationSummary = z
  .object({
    id,
    postingId: id,
    candidateId: id,
    candidateName: written(200),
    headline: written(500).optional(),
    location: written(200).optional(),
    stage: Stage,
    version,
    appliedAt: timestamp,
    stageChangedAt: timestamp,
  })
  .meta({ id: 'ApplicationSummary' })
export type ApplicationSummary = z.infer<typeof ApplicationSummary>

/** One entry of the append-only stage history. */
export const StageChange = z
  .object({
    from: Stage.optional().describe('Absent for the application itself'),
    to: Stage,
    at: timestamp,
    actor: z.object({
      kind: z.enum(['user', 'service']),
      id: written(100).describe("The user's id, or the module's name"),
    }),
    note: written(5_000).optional().describe('Of older entries alone'),
  })
  .meta({ id: 'StageChange' })
export type StageChange = z.infer<typeof StageChange>

export const ApplicationDetail = ApplicationSummary.extend({
  companyId: id,
  title: written(140),
  coverLetter: written(10_000).optional(),
  answers: z.array(AnsweredQuestion).max(20),
  considerForOthers: z.boolean(),
  rejection: z.object({ reason: RejectionReason, message: written(5_000).optional() }).optional(),
  decisionChanged: z
    .object({ to: z.enum(['advance', 'reject']), at: timestamp, by: id })
    .optional()
    .describe(
      'A human review turned the decision of the interview round. The application waits for somebody to move it.',
    ),
  history: z.array(StageChange).max(20),
}).meta({ id: 'ApplicationDetail' })
export type ApplicationDetail = z.infer<typeof ApplicationDetail>

const count = z.int().min(0).max(2_147_483_647)
export const StageCounts = z
  .object({
    applied: count,
    screening: count,
    interview: count,
    offer: count,
    hired: count,
    rejected: count,
    withdrawn: count,
  })
  .meta({ id: 'StageCounts' })
export type StageCounts = z.infer<typeof StageCounts>

export const ApplicationNote = z
  .object({ id, authorId: id, text: written(5_000), createdAt: timestamp })
  .meta({ id: 'ApplicationNote' })
export type ApplicationNote = z.infer<typeof ApplicationNote>

/** What other modules need to know of an application. */
export const ApplicationReference = z
  .object({
    id,
    postingId: id,
    companyId: id,
    companyName: written(200),
    title: written(140),
    candidateId: id,
    candidateName: written(200),
    stage: Stage,
    version,
  })
  .meta({ id: 'ApplicationReference' })
export type ApplicationReference = z.infer<typeof ApplicationReference>
