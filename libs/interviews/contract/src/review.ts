import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { consentState } from './candidate.ts'
import {
  accommodation,
  alternative,
  analysisStep,
  recording,
  speechMeasures,
  transcript,
} from './recording.ts'
import { anchor, interviewQuestion, maxCriteria, maxQuestions, meanScore } from './template.ts'
import { text } from './text.ts'

/**
 * `waiting`: no template assigned to the posting yet. `human-review`: submitted, and no AI may evaluate it.
 * `expired`: the deadline passed before a submission; extending it reopens the interview.
 */
export const interviewStatus = z
  .enum([
    'waiting',
    'invited',
    'in-progress',
    'expired',
    'submitted',
    'human-review',
    'analysed',
    'analysis-failed',
    'decided',
    'cancelled',
  ])
  .meta({ id: 'InterviewStatus' })

/** Of one answer. `none`: not analysed (not submitted yet, or people alone review: with a reason if that is its own); `cancelled`: consent ended. */
export const analysisStatus = z
  .enum(['none', 'queued', 'running', 'done', 'failed', 'cancelled'])
  .meta({ id: 'AnswerAnalysisStatus' })

export const decision = z.enum(['advance', 'reject'])
export const recommendation = z.enum(['strong-no', 'no', 'yes', 'strong-yes'])

/** Beside `overall`, which covers fewer criteria then. */
export const unscored = z
  .int()
  .min(1)
  .optional()
  .describe('Answers that no software could score: people read or listen to them.')

export const interviewSummary = z
  .object({
    id,
    applicationId: id,
    postingId: id,
    companyId: id,
    title: z.string(),
    candidateId: id,
    candidateName: z.string(),
    status: interviewStatus,
    deadline: timestamp.optional(),
    submittedAt: timestamp.optional(),
    overall: meanScore.optional().describe('Weighted mean of all criteria, overrides applied.'),
    unscored,
    decision: decision.optional(),
    createdAt: timestamp,
  })
  .meta({ id: 'InterviewSummary' })

export const listedInterview = interviewSummary
  .extend({ alternatives: z.array(alternative).describe('What the candidate asked for, and has.') })
  .meta({ id: 'ListedInterview' })

export const quote = z
  .object({
    text: z.string(),
    start: z
      .int()
      .min(0)
      .describe('Offset into the answer, or into its transcript’s text, in UTF-16 code units, inclusive.'),
    end: z.int().min(0).describe('Exclusive.'),
    startSeconds: z.number().min(0).optional().describe('In the recording, of a spoken answer.'),
    endSeconds: z.number().min(0).optional(),
  })
  .meta({ id: 'AnswerQuote' })

export const scoreOverride = z
  .object({ score: anchor, reason: z.string(), by: id, at: timestamp })
  .meta({ id: 'ScoreOverride' })

export const criterionScore = z
  .object({
    criterionId: id,
    name: z.string(),
    weight: z.int().min(1),
    score: anchor.describe('As the analyst gave it.'),
    rationale: z.string(),
    quotes: z.array(quote).max(50).describe('Literally in the answer; anything else was dropped.'),
    droppedQuotes: z.int().min(0).describe('Quotes of the analyst that are not in the answer.'),
    override: scoreOverride.optional(),
  })
  .meta({ id: 'CriterionScore' })

export const answerAnalysis = z
  .object({
    status: analysisStatus,
    attempts: z.int().min(0),
    reason: z.string().optional().describe('Why the last try failed.'),
    analyst: z.string().optional(),
    model: z.string().optional(),
    promptVersion: z.string().optional(),
    rubricVersion: z.int().min(1).optional().describe('The template version whose rubric was applied.'),
    summary: z.string().optional(),
    cost: z
      .object({
        inputTokens: z.int().min(0),
        outputTokens: z.int().min(0),
        amountUsd: z.number().min(0).optional(),
      })
      .optional(),
    finishedAt: timestamp.optional(),
    score: meanScore.optional().describe('Weighted mean of this answer, overrides applied.'),
    scores: z.array(criterionScore).max(maxCriteria),
  })
  .meta({ id: 'AnswerAnalysis' })

export const reviewedQuestion = z
  .object({
    question: interviewQuestion,
    answer: z
      .object({
        id,
        text: z.string(),
        analysis: answerAnalysis,
        recording: recording.optional().describe('The take that counts.'),
        transcript: transcript.optional(),
        measures: speechMeasures.optional(),
        steps: z.array(analysisStep),
      })
      .optional(),
  })
  .meta({ id: 'ReviewedQuestion' })

export const interviewReview = z
  .object({
    ...interviewSummary.shape,
    companyName: z.string(),
    invitedBy: id.optional(),
    templateId: id.optional(),
    templateVersion: z.int().min(1).optional(),
    consent: z.object({
      state: consentState,
      version: z.string().optional(),
      decidedAt: timestamp.optional(),
    }),
    alternativeProcess: z.boolean(),
    accommodation: accommodation.optional(),
    aiOverall: meanScore.optional().describe('Weighted mean of all criteria as the analyst scored them.'),
    decisionReason: z.string().optional(),
    decidedBy: id.optional(),
    decidedAt: timestamp.optional(),
    humanReview: z
      .enum(['open', 'resolved'])
      .optional()
      .describe('Where the candidate asked that a person looks again.'),
    questions: z.array(reviewedQuestion).max(maxQuestions),
  })
  .meta({ id: 'InterviewReview' })

export const scorecardScore = z
  .strictObject({ questionId: id, criterionId: id, score: anchor, notes: text(2000).optional() })
  .meta({ id: 'ScorecardScore' })

export const scorecard = z
  .object({
    interviewId: id,
    reviewerId: id,
    status: z.enum(['draft', 'submitted']),
    scores: z.array(scorecardScore).max(maxQuestions * maxCriteria),
    notes: z.string(),
    recommendation: recommendation.optional(),
    updatedAt: timestamp,
    submittedAt: timestamp.optional(),
  })
  .meta({ id: 'Scorecard' })

export const scorecards = z
  .object({
    own: scorecard.optional(),
    others: z.array(scorecard).max(200).describe('Submitted ones; empty until your own is submitted.'),
    hidden: z.int().min(0).describe('Submitted by others and not shown yet.'),
  })
  .meta({ id: 'Scorecards' })

export const auditEntry = z
  .object({
    id,
    at: timestamp,
    actor: z.object({ kind: z.enum(['user', 'candidate', 'service']), id: z.string() }),
    action: z.string().describe('`interview.invited`, `consent.given`, `score.overridden`, …'),
    before: z.record(z.string(), z.unknown()).optional(),
    after: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'InterviewAuditEntry' })

export const decisionRecord = z
  .object({ interviewId: id, decision, reason: z.string(), decidedBy: id, decidedAt: timestamp })
  .meta({ id: 'InterviewDecision' })

export type InterviewStatus = z.output<typeof interviewStatus>
export type AnalysisStatus = z.output<typeof analysisStatus>
export type InterviewSummary = z.output<typeof interviewSummary>
export type ListedInterview = z.output<typeof listedInterview>
export type InterviewReview = z.output<typeof interviewReview>
export type ReviewedQuestion = z.output<typeof reviewedQuestion>
export type CriterionScore = z.output<typeof criterionScore>
export type Quote = z.output<typeof quote>
export type Scorecard = z.output<typeof scorecard>
export type Scorecards = z.output<typeof scorecards>
export type AuditEntry = z.output<typeof auditEntry>
