import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { statement, text } from './text.ts'

export const maxQuestions = 20
export const maxCriteria = 10
/** Longest answer any question may allow, in characters (Unicode code points). */
export const maxAnswerCharacters = 20_000
/** A criterion is scored with whole anchors: 0 no evidence … 4 outstanding evidence. */
export const anchor = z.int().min(0).max(4)
/** A weighted mean of anchors. */
export const meanScore = z.number().min(0).max(4)

export const answerMode = z.enum(['text', 'audio', 'video']).meta({ id: 'AnswerMode' })
/** What is recorded. */
export const recordedMode = z.enum(['audio', 'video'])
export const maxRetakes = 5
/** Of one question; failed ones are not counted as tries and have numbers all the same. */
export const maxTakes = 1000

/** How a question is answered, where its author says nothing: in writing, without a limit of time. */
export const answeringDefaults = { modes: ['text'], thinkSeconds: 0, maxSeconds: 180, retakes: 1 } as const

const modes = z.array(answerMode).min(1).max(3).describe('How it may be answered; the candidate chooses.')
const thinkSeconds = z
  .int()
  .min(0)
  .max(600)
  .describe('From showing the question to the start of the first recording; 0: no limit.')
const maxSeconds = z.int().min(10).max(600).describe('Of a recording.')
const retakes = z
  .int()
  .min(0)
  .max(maxRetakes)
  .describe('Recordings after the first; the last complete one counts.')

/** The same with defaults, as authors write it. */
const timing = {
  thinkSeconds: thinkSeconds.default(answeringDefaults.thinkSeconds),
  maxSeconds: maxSeconds.default(answeringDefaults.maxSeconds),
}

const criterion = {
  name: statement(120).describe('What is judged: “Ownership”.'),
  description: text(1000).describe('What a strong answer shows.'),
  indicators: z
    .array(statement(200))
    .min(1)
    .max(20)
    .describe('Words or short phrases whose presence in an answer is evidence.'),
  weight: z.int().min(1).max(100).describe('Share of the overall score, relative to the other criteria.'),
}

const question = {
  prompt: statement(2000),
  guidance: text(2000).describe('Shown to the candidate below the question.'),
  maxCharacters: z.int().min(50).max(maxAnswerCharacters).describe('Longest answer, in Unicode characters.'),
  required: z.boolean(),
}

export const rubricCriterion = z.object({ id, ...criterion }).meta({ id: 'RubricCriterion' })
export const rubricCriterionInput = z
  .strictObject({
    id: id.optional().describe('Keep it when editing; left out, a new one is given.'),
    ...criterion,
  })
  .meta({ id: 'RubricCriterionInput' })

export const interviewQuestion = z
  .object({
    id,
    ...question,
    modes,
    thinkSeconds,
    maxSeconds,
    retakes,
    criteria: z.array(rubricCriterion).max(maxCriteria),
  })
  .meta({ id: 'InterviewQuestion' })
export const interviewQuestionInput = z
  .strictObject({
    id: id.optional().describe('Keep it when editing; left out, a new one is given.'),
    ...question,
    modes: modes.default([...answeringDefaults.modes]),
    ...timing,
    retakes: retakes.default(answeringDefaults.retakes),
    criteria: z.array(rubricCriterionInput).min(1).max(maxCriteria),
  })
  .meta({ id: 'InterviewQuestionInput' })

const practice = { prompt: statement(2000), guidance: text(2000), modes }
export const practiceQuestion = z
  .object({ id, ...practice, thinkSeconds, maxSeconds })
  .meta({ id: 'PracticeQuestion' })
/** To try out camera, microphone and the clock: nobody at the company sees an answer, and nothing scores it. */
export const practiceQuestionInput = z
  .strictObject({ id: id.optional(), ...practice, ...timing })
  .meta({ id: 'PracticeQuestionInput' })

export const templateStatus = z.enum(['draft', 'published', 'archived'])

/** What of a template its author writes. */
export const templateContent = {
  name: statement(200),
  description: text(2000),
  /** BCP 47, as far as the analysts need it: `en`, `de`, `pt-BR`. */
  language: z
    .string()
    .max(12)
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
    .describe('BCP 47 language of questions and answers.'),
  questions: z.array(interviewQuestionInput).min(1).max(maxQuestions),
  practice: practiceQuestionInput.optional(),
}

export const interviewTemplate = z
  .object({
    id,
    companyId: id,
    name: z.string(),
    description: z.string(),
    language: z.string(),
    status: templateStatus.describe('Of the version shown.'),
    version: z.int().min(1).describe('The version shown: the newest, unless another was asked for.'),
    publishedVersion: z.int().min(1).optional().describe('The version that new invitations get.'),
    revision: z.int().min(1).describe('Counts every change; send it back when editing.'),
    questions: z.array(interviewQuestion).max(maxQuestions),
    practice: practiceQuestion.optional(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'InterviewTemplate' })

export const interviewTemplateSummary = z
  .object({
    id,
    companyId: id,
    name: z.string(),
    language: z.string(),
    status: templateStatus,
    version: z.int().min(1),
    publishedVersion: z.int().min(1).optional(),
    questionCount: z.int().min(0),
    updatedAt: timestamp,
  })
  .meta({ id: 'InterviewTemplateSummary' })

export const templateAssignment = z
  .object({
    postingId: id,
    templateId: id,
    templateName: z.string(),
    invited: z.int().min(0).describe('Waiting applications that this assignment invited.'),
    assignedAt: timestamp,
  })
  .meta({ id: 'InterviewTemplateAssignment' })

export type RubricCriterion = z.output<typeof rubricCriterion>
export type InterviewQuestion = z.output<typeof interviewQuestion>
export type InterviewQuestionInput = z.output<typeof interviewQuestionInput>
export type PracticeQuestion = z.output<typeof practiceQuestion>
export type PracticeQuestionInput = z.output<typeof practiceQuestionInput>
export type AnswerMode = z.output<typeof answerMode>
export type RecordedMode = z.output<typeof recordedMode>
export type InterviewTemplate = z.output<typeof interviewTemplate>
