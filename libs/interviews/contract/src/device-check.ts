import { faults, id, operation, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { link, linkFaults, linkRateLimit, token, writeFaults } from './candidate-operations.ts'
import { interviewFaults } from './faults.ts'
import { uploadTicket } from './recording.ts'
import { recordedMode } from './template.ts'

/** Seconds that are looked at; a sentence takes three. */
export const deviceCheckSeconds = 15
/** At once for one interview; they are forgotten within hours. */
export const maxDeviceChecks = 20

/** What is wrong, the gravest first; `good` when nothing is. */
export const deviceVerdict = z
  .enum([
    'no-sound',
    'no-picture',
    'too-short',
    'silent',
    'no-voice',
    'too-quiet',
    'clipped',
    'dark-picture',
    'good',
  ])
  .meta({ id: 'DeviceVerdict' })

/** Relative to full scale, which is 0; below -100 is not told apart. */
const dbfs = z.number().min(-100).max(0)

export const deviceFindings = z
  .object({
    verdict: deviceVerdict,
    advice: z
      .array(z.string())
      .describe('A sentence for each thing that is wrong, the gravest first; none when all is good.'),
    seconds: z.number().min(0),
    sound: z
      .object({
        peakDbfs: dbfs,
        meanDbfs: dbfs.describe('Of the voice (RMS), pauses left out; of everything when there is no voice.'),
        voiceSeconds: z.number().min(0),
      })
      .optional()
      .describe('Absent when there is no sound track.'),
    picture: z
      .object({ width: z.int().min(1), height: z.int().min(1) })
      .optional()
      .describe('Absent when there is no picture.'),
  })
  .meta({ id: 'DeviceFindings' })

/** `failed`: it could not be read at all. */
export const deviceCheckStatus = z.enum(['begun', 'uploaded', 'checked', 'failed'])

export const deviceCheck = z
  .object({
    id,
    mode: recordedMode,
    status: deviceCheckStatus,
    begunAt: timestamp,
    reason: z.string().optional().describe('Why it failed.'),
    findings: deviceFindings.optional().describe('Once it is `checked`.'),
  })
  .meta({ id: 'InterviewDeviceCheck' })

export const deviceCheckTicket = z
  .object({ checkId: id, ...uploadTicket })
  .meta({ id: 'InterviewDeviceCheckTicket' })

/** Whether camera and microphone work, before it matters. */
export const deviceCheckOperations = {
  beginDeviceCheck: operation({
    method: 'POST',
    path: `${link}/device-checks`,
    summary: 'Begin to try out camera and microphone',
    description:
      'Upload a recording of a few seconds, of any sentence. It answers no question and counts as no try; nobody at ' +
      'the company sees it, and it is erased as soon as it was measured.',
    access: 'public',
    input: { token, mode: recordedMode },
    output: deviceCheckTicket,
    status: 201,
    sensitive: true,
    faults: [
      ...writeFaults,
      interviewFaults.alreadySubmitted,
      interviewFaults.tooManyDeviceChecks,
      faults.unavailable,
    ],
    rateLimit: { max: 10, windowSeconds: 60 },
  }),
  viewDeviceCheck: operation({
    method: 'GET',
    path: `${link}/device-checks/{checkId}`,
    summary: 'See what arrived of a device check',
    access: 'public',
    input: { token, checkId: id },
    output: deviceCheck,
    sensitive: true,
    faults: linkFaults,
    rateLimit: linkRateLimit,
  }),
}

export type DeviceVerdict = z.output<typeof deviceVerdict>
export type DeviceFindings = z.output<typeof deviceFindings>
export type DeviceCheckStatus = z.output<typeof deviceCheckStatus>
export type DeviceCheck = z.output<typeof deviceCheck>
