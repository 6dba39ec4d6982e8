import { faults, id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { link, linkRateLimit, token, writeFaults } from './candidate-operations.ts'
import { interviewFaults } from './faults.ts'
import { accommodation, alternative, candidateQuestion, takeTicket } from './recording.ts'
import { recordedMode } from './template.ts'
import { text } from './text.ts'

const answering = [...writeFaults, interviewFaults.alreadySubmitted] as const

/** Time, takes and what a candidate needs. The server keeps all of it, so the same link goes on where it was left. */
export const recordingOperations = {
  showQuestion: operation({
    method: 'POST',
    path: `${link}/questions/{questionId}/shown`,
    summary: 'Show a question, or the practice question: its time begins',
    description: 'Its time began when it was first shown; a repeat changes nothing.',
    access: 'public',
    input: { token, questionId: id },
    output: candidateQuestion,
    faults: answering,
    repeatable: true,
    rateLimit: linkRateLimit,
  }),
  beginTake: operation({
    method: 'POST',
    path: `${link}/answers/{questionId}/takes`,
    summary: 'Begin to record an answer',
    description:
      'Counts as a try, unless its recording turns out to be unusable or, without a limit to the time to think, nothing ' +
      'arrives in its time. The practice question may be tried at will.',
    access: 'public',
    input: { token, questionId: id, mode: recordedMode },
    output: takeTicket,
    status: 201,
    sensitive: true,
    faults: [
      ...answering,
      interviewFaults.modeNotAllowed,
      interviewFaults.notShown,
      interviewFaults.timeOver,
      interviewFaults.noTakesLeft,
      faults.unavailable,
    ],
    rateLimit: { max: 30, windowSeconds: 60 },
  }),
  requestAlternative: operation({
    method: 'POST',
    path: `${link}/alternative`,
    summary: 'Ask for more time, to answer in writing, or for a process without software',
    description:
      'Granted at once. The company is told and sees it; nothing of it enters a score. `human-process` declines or withdraws ' +
      'consent to AI evaluation too, which is final for this interview.',
    access: 'public',
    input: {
      token,
      kind: alternative,
      timeFactor: z.number().min(1.1).max(3).default(1.5).describe('With `more-time`: of every limit.'),
      note: text(2000).default('').describe('Whatever the company should know; no diagnosis is needed.'),
    },
    output: accommodation,
    faults: answering,
    rateLimit: linkRateLimit,
  }),
}
