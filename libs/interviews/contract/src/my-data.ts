import { faults, id, operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { candidateStatus, consentState } from './candidate.ts'
import { deviceCheck, maxDeviceChecks } from './device-check.ts'
import { humanReview } from './human-review.ts'
import { accommodation, recording, speechMeasures, transcript } from './recording.ts'
import { analysisStatus, criterionScore, decision } from './review.ts'
import { selfIdentification } from './self-identification.ts'
import { maxCriteria, maxQuestions, meanScore } from './template.ts'

const times = { at: timestamp }

/** Everything that is kept about a candidate of one interview, but what reviewers noted for themselves. */
export const myInterviewData = z
  .object({
    interviewId: id,
    applicationId: id,
    companyName: z.string(),
    title: z.string(),
    candidateName: z.string(),
    status: candidateStatus,
    invitedAt: timestamp,
    submittedAt: timestamp.optional(),
    templateVersion: z.int().min(1).optional().describe('Of the questions and the rubric.'),
    consents: z
      .array(z.object({ decision: consentState, textVersion: z.string(), ...times }))
      .max(100)
      .describe('Every decision about AI evaluation, oldest first.'),
    answers: z
      .array(
        z.object({
          questionId: id,
          question: z.string(),
          text: z.string(),
          transcript: z.string().optional().describe('Every word that was understood of the recording.'),
          transcriptConfidence: transcript.shape.confidence,
          transcriptRefusal: z
            .string()
            .optional()
            .describe('Why software did not score it, and people listen to the recording.'),
          measures: speechMeasures.optional(),
          savedAt: timestamp,
          analysis: z.object({
            status: analysisStatus,
            analyst: z.string().optional(),
            model: z.string().optional(),
            promptVersion: z.string().optional(),
            rubricVersion: z.int().min(1).optional(),
            finishedAt: timestamp.optional(),
            summary: z.string().optional(),
            scores: z
              .array(
                criterionScore.omit({ override: true }).extend({
                  override: z
                    .object({ score: criterionScore.shape.score, reason: z.string(), ...times })
                    .optional()
                    .describe('By a person, in place of the software’s score.'),
                }),
              )
              .max(maxCriteria),
          }),
        }),
      )
      .max(maxQuestions),
    recordings: z
      .array(
        z.object({
          questionId: id,
          fileId: id,
          take: z.int().min(1),
          mode: z.string(),
          status: z.string(),
          begunAt: timestamp,
          urls: recording.shape.urls,
          urlsExpireAt: recording.shape.urlsExpireAt,
        }),
      )
      .max(500),
    deviceChecks: z
      .array(deviceCheck)
      .max(maxDeviceChecks)
      .describe('What was measured of camera and microphone; forgotten within hours.'),
    accommodation: accommodation.optional().describe('What you asked for.'),
    overall: meanScore.optional(),
    aiOverall: meanScore.optional(),
    scorecards: z
      .int()
      .min(0)
      .describe('Submitted by reviewers. What they noted is theirs; their number is told.'),
    decision: z
      .object({
        decision,
        by: z.literal('person').describe('Software decides nothing here.'),
        ...times,
      })
      .optional(),
    humanReview: humanReview.optional(),
    selfIdentification: selfIdentification.optional().describe('Kept apart; reviewers never see it.'),
    explanation: z.string().describe('How a score comes about and what it is used for.'),
    retainedUntil: timestamp
      .optional()
      .describe(
        'When all this is erased, by the company’s present setting; known once the interview has ended.',
      ),
  })
  .meta({ id: 'MyInterviewData' })

export const myDataOperations = {
  viewMyInterviewData: operation({
    method: 'GET',
    path: '/api/v1/interviews/mine/{interviewId}/data',
    summary: 'Read what is stored about you in an interview',
    access: 'user',
    input: { interviewId: id },
    output: myInterviewData,
    faults: [faults.notFound],
    sensitive: true,
  }),
}

export type MyInterviewData = z.output<typeof myInterviewData>
