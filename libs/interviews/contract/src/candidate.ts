import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { accommodation, candidateQuestion, questionStanding } from './recording.ts'
import { maxQuestions } from './template.ts'

/** The interview as its candidate is told about it: nothing of scores, analysis or reviewers. */
export const candidateStatus = z
  .enum(['invited', 'in-progress', 'submitted', 'decided', 'expired', 'cancelled'])
  .meta({ id: 'CandidateInterviewStatus' })

/** `given` may be withdrawn; `declined` and `withdrawn` are final: no AI evaluates this interview any more. */
export const consentState = z
  .enum(['none', 'given', 'declined', 'withdrawn'])
  .meta({ id: 'InterviewConsentState' })

export const candidateInterview = z
  .object({
    id,
    companyName: z.string(),
    title: z.string().describe('Of the posting.'),
    candidateName: z.string(),
    status: candidateStatus,
    deadline: timestamp,
    submittedAt: timestamp.optional(),
    language: z.string(),
    questions: z
      .array(
        z.object({
          id,
          prompt: z.string(),
          guidance: z.string(),
          maxCharacters: z.int().min(1),
          required: z.boolean(),
          ...questionStanding,
          answer: z.string().describe('As saved so far; empty when there is none.'),
          savedAt: timestamp.optional(),
        }),
      )
      .max(maxQuestions),
    practice: candidateQuestion
      .optional()
      .describe('To try things out at any time; nobody at the company sees it.'),
    accommodation: accommodation.optional(),
    consent: z.object({
      state: consentState,
      decidedAt: timestamp.optional(),
      version: z.string().describe('Of the text below; send it with the decision.'),
      text: z.string(),
    }),
    alternativeProcess: z.boolean().describe('People alone evaluate this interview.'),
  })
  .meta({ id: 'CandidateInterview' })

export const savedAnswer = z
  .object({ questionId: id, characters: z.int().min(0), savedAt: timestamp })
  .meta({ id: 'SavedInterviewAnswer' })

export const consentRecord = z
  .object({ state: consentState, version: z.string(), decidedAt: timestamp, alternativeProcess: z.boolean() })
  .meta({ id: 'InterviewConsent' })

export const submission = z
  .object({
    interviewId: id,
    status: candidateStatus,
    submittedAt: timestamp,
    alternativeProcess: z.boolean(),
  })
  .meta({ id: 'InterviewSubmission' })

export const myInterview = z
  .object({
    id,
    applicationId: id,
    postingId: id,
    companyName: z.string(),
    title: z.string(),
    status: candidateStatus,
    deadline: timestamp,
    submittedAt: timestamp.optional(),
    decidedAt: timestamp.optional(),
  })
  .meta({ id: 'MyInterview' })

export const personalLink = z
  .object({
    token: z.string().describe('Shown once; an older link of this interview stops working.'),
    deadline: timestamp,
  })
  .meta({ id: 'InterviewLink' })

export type CandidateStatus = z.output<typeof candidateStatus>
export type ConsentState = z.output<typeof consentState>
export type CandidateInterview = z.output<typeof candidateInterview>
