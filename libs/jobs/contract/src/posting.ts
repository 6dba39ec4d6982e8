import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { text, written } from './text.ts'

export const workplaces = ['onsite', 'hybrid', 'remote'] as const
export const employments = ['full-time', 'part-time', 'contract', 'temporary', 'internship'] as const
export const postingStates = ['draft', 'published', 'expired', 'closed'] as const
export const payPeriods = ['hour', 'day', 'month', 'year'] as const
export const questionKinds = ['text', 'yes-no', 'choice'] as const

export const Workplace = z.enum(workplaces)
export const Employment = z.enum(employments)
export const PostingState = z.enum(postingStates)
export type PostingState = z.infer<typeof PostingState>

/** Gross pay in whole units of the currency. */
export const PayRange = z
  .strictObject({
    currency: z
      .string()
      .length(3)
      .regex(/^[A-Z]{3}$/)
      .describe('ISO 4217 code'),
    min: z.int().min(0).max(1_000_000_000),
    max: z.int().min(0).max(1_000_000_000),
    period: z.enum(payPeriods),
  })
  .meta({ id: 'PayRange', examples: [{ currency: 'EUR', min: 60000, max: 80000, period: 'year' }] })
export type PayRange = z.infer<typeof PayRange>

/** A question of the posting's own that every applicant is asked. */
export const ScreeningQuestion = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[a-z0-9-]+$/)
      .describe('Chosen by the author, unique within the posting; answers refer to it'),
    prompt: text(500),
    kind: z.enum(questionKinds),
    required: z.boolean().default(true),
    options: z
      .array(text(200))
      .max(20)
      .default([])
      .describe('The choices; only for kind `choice`, at least 2'),
  })
  .meta({ id: 'ScreeningQuestion' })
export type ScreeningQuestion = z.infer<typeof ScreeningQuestion>

/** The fields an author writes, shared by creating, editing and reading. */
export const postingFields = {
  title: text(140),
  description: text(20_000).describe('Plain text; blank lines separate paragraphs'),
  location: text(140).describe('As people say it: `Berlin, Germany`'),
  workplace: Workplace,
  employment: Employment,
  skills: z.array(text(60)).max(50),
}

export const questions = z.array(ScreeningQuestion).max(20)

const company = { companyId: id, companyName: written(200), companySlug: written(200) }

/** A posting in the public list. */
export const PostingSummary = z
  .object({
    id,
    ...company,
    title: written(140),
    location: written(140),
    workplace: Workplace,
    employment: Employment,
    skills: z.array(written(60)).max(50),
    pay: PayRange.optional(),
    publishedAt: timestamp,
    expiresAt: timestamp,
  })
  .meta({ id: 'PostingSummary' })
export type PostingSummary = z.infer<typeof PostingSummary>

/** A posting as its company sees it. */
export const CompanyPosting = z
  .object({
    id,
    ...company,
    ...postingFields,
    pay: PayRange.optional(),
    questions,
    state: PostingState,
    version: z.int().min(1).max(2_147_483_647).describe('Send it back when editing'),
    createdAt: timestamp,
    updatedAt: timestamp,
    publishedAt: timestamp.optional(),
    expiresAt: timestamp.optional(),
    closedAt: timestamp.optional(),
  })
  .meta({ id: 'CompanyPosting' })
export type CompanyPosting = z.infer<typeof CompanyPosting>

/** A row of the company's own list. */
export const CompanyPostingSummary = CompanyPosting.omit({ description: true, questions: true })
  .extend({ applicationCount: z.int().min(0).max(2_147_483_647).describe('Those not withdrawn') })
  .meta({ id: 'CompanyPostingSummary' })
export type CompanyPostingSummary = z.infer<typeof CompanyPostingSummary>
