import { id, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { answerMode, maxTakes, recordedMode } from './template.ts'

/** In seconds, as media measured them or as they follow from the server's clock. */
const seconds = z.number().min(0)

/** `failed`: it could not be used and does not count as a try. `erased`: it was there and is removed. */
export const takeStatus = z.enum(['begun', 'uploaded', 'ready', 'failed', 'erased'])

export const take = z
  .object({
    number: z.int().min(1),
    mode: recordedMode,
    status: takeStatus,
    begunAt: timestamp,
    expiresAt: timestamp.describe('The upload must have begun by then.'),
    seconds: seconds.optional(),
    reason: z.string().optional().describe('Why it failed.'),
  })
  .meta({ id: 'InterviewTake' })

/** What the server knows of a question's modes, time and takes. Seconds are those of this candidate. */
export const questionStanding = {
  modes: z.array(answerMode).describe('How it may be answered.'),
  openModes: z
    .array(answerMode)
    .describe('Of these, how it can still be answered; none once its time or its takes are over.'),
  thinkSeconds: z.int().min(0).describe('0: no limit.'),
  maxSeconds: z.int().min(1).describe('Of a recording.'),
  shownAt: timestamp.optional().describe('A question with a limit has no text before it is shown.'),
  recordBy: timestamp.optional().describe('The first recording must begin by then.'),
  writeBy: timestamp.optional().describe('A written answer must be saved by then.'),
  takesLeft: z.int().min(0),
  takes: z
    .array(take)
    .describe('The last one that is complete counts, unless an answer is written after it.'),
}

export const candidateQuestion = z
  .object({ id, prompt: z.string(), guidance: z.string(), ...questionStanding })
  .meta({ id: 'CandidateQuestion' })

/** How a recording gets to media, and how large it may be. */
export const uploadTicket = {
  fileId: id,
  ticket: z.string().describe('Send it as Upload-Metadata `ticket`.'),
  uploadUrl: z.string().describe('Where a tus 1.0 client creates the upload.'),
  maxSeconds: z.int().min(1),
  maxBytes: z.int().min(1),
  expiresAt: timestamp.describe('The upload must have begun by then.'),
}

export const takeTicket = z
  .object({
    takeNumber: z.int().min(1).max(maxTakes),
    takesLeft: z.int().min(0),
    ...uploadTicket,
  })
  .meta({ id: 'InterviewTakeTicket' })

/** What a candidate may ask for. `human-process`: people instead of software. */
export const alternative = z.enum(['more-time', 'in-writing', 'human-process'])

/** What a candidate needs to take part on equal terms. Never part of a score. */
export const accommodation = z
  .object({
    timeFactor: z.number().min(1).describe('Of every time limit; 1 is none.'),
    inWriting: z.boolean().describe('Every question may be answered in writing.'),
    humanProcess: z
      .boolean()
      .describe('People alone evaluate, in a process to be agreed with the candidate.'),
    note: z.string(),
    requestedAt: timestamp,
  })
  .meta({ id: 'InterviewAccommodation' })

export const recording = z
  .object({
    fileId: id,
    mode: recordedMode,
    takeNumber: z.int().min(1),
    status: takeStatus,
    seconds: seconds.optional(),
    reason: z.string().optional(),
    urls: z
      .array(z.object({ name: z.string(), url: z.string() }))
      .describe('Of what was made of it; none while it is not ready, or while media cannot be asked.'),
    urlsExpireAt: timestamp.optional(),
  })
  .meta({ id: 'AnswerRecording' })

const confidence = z.number().min(0).max(1)

export const transcript = z
  .object({
    text: z.string().describe('Its words but sounds of hesitation: what is scored and quoted.'),
    language: z.string(),
    engine: z.string(),
    engineVersion: z.string(),
    confidence: confidence.optional(),
    words: z.array(
      z.object({ text: z.string(), start: seconds, end: seconds, confidence: confidence.optional() }),
    ),
    refusal: z
      .object({ code: z.string(), reason: z.string() })
      .optional()
      .describe('Why it is not scored and a person has to listen.'),
  })
  .meta({ id: 'AnswerTranscript' })

export const speechMeasures = z
  .object({
    words: z.int().min(0),
    speakingSeconds: seconds,
    wordsPerMinute: z.number().min(0).optional(),
    articulationRate: z.number().min(0).optional().describe('Words per minute of voice, pauses left out.'),
    pauses: z.object({ count: z.int().min(0), seconds, longestSeconds: seconds }),
    responseLatencySeconds: seconds.optional(),
    fillers: z.object({ count: z.int().min(0), byText: z.record(z.string(), z.int().min(0)) }),
  })
  .meta({
    id: 'AnswerSpeechMeasures',
    description: 'For information. Never part of a score, a ranking or a filter.',
  })

/** Where an answer stands, from the recording to the report. A written one has the last two alone. */
export const analysisStep = z
  .object({
    step: z.enum(['recording', 'transcript', 'measures', 'scoring', 'report']),
    status: z.enum(['waiting', 'running', 'done', 'failed', 'refused', 'cancelled']),
    attempts: z.int().min(0).optional(),
    reason: z.string().optional(),
    startedAt: timestamp.optional(),
    finishedAt: timestamp.optional(),
  })
  .meta({ id: 'AnswerAnalysisStep' })

export type TakeStatus = z.output<typeof takeStatus>
export type Take = z.output<typeof take>
export type CandidateQuestion = z.output<typeof candidateQuestion>
export type Alternative = z.output<typeof alternative>
export type Accommodation = z.output<typeof accommodation>
export type AnswerRecording = z.output<typeof recording>
export type AnswerTranscript = z.output<typeof transcript>
export type AnalysisStep = z.output<typeof analysisStep>
