import { faults, id, operation, page, paging } from '@cenopie/platform-contract'
import { z } from 'zod'
import {
  candidateInterview,
  consentRecord,
  myInterview,
  personalLink,
  savedAnswer,
  submission,
} from './candidate.ts'
import { interviewFaults } from './faults.ts'
import { maxAnswerCharacters } from './template.ts'
import { text } from './text.ts'

export const token = z.string().min(1).max(128).describe('From the personal link in the invitation.')
export const link = '/api/v1/interviews/links/{token}'
export const linkFaults = [faults.notFound, interviewFaults.linkExpired] as const
export const writeFaults = [...linkFaults, interviewFaults.deadlinePassed, interviewFaults.cancelled] as const
export const linkRateLimit = { max: 120, windowSeconds: 60 }

export const candidateOperations = {
  viewLink: operation({
    method: 'GET',
    path: link,
    summary: 'Open an interview by its personal link',
    access: 'public',
    input: { token },
    output: candidateInterview,
    faults: linkFaults,
    sensitive: true,
    rateLimit: linkRateLimit,
  }),
  decideConsent: operation({
    method: 'PUT',
    path: `${link}/consent`,
    summary: 'Give, decline or withdraw consent to AI evaluation',
    description:
      'Declining asks for the alternative process: people alone evaluate. Withdrawing works after the submission too ' +
      'and cancels analysis that has not happened. Both are final for this interview.',
    access: 'public',
    input: {
      token,
      decision: z.enum(['given', 'declined', 'withdrawn']),
      version: z.string().min(1).max(40).describe('Of the consent text that was shown.'),
    },
    output: consentRecord,
    faults: [
      ...writeFaults,
      interviewFaults.consentOutdated,
      interviewFaults.consentFinal,
      interviewFaults.alreadySubmitted,
    ],
    rateLimit: linkRateLimit,
  }),
  saveAnswer: operation({
    method: 'PUT',
    path: `${link}/answers/{questionId}`,
    summary: 'Save or replace the answer to one question',
    access: 'public',
    input: { token, questionId: id, text: text(maxAnswerCharacters) },
    output: savedAnswer,
    faults: [...writeFaults, interviewFaults.alreadySubmitted],
    rateLimit: linkRateLimit,
  }),
  submitInterview: operation({
    method: 'POST',
    path: `${link}/submit`,
    summary: 'Submit the interview',
    description:
      'Answers at once; the analysis runs in the background, and only with consent. A required question that can no ' +
      'longer be answered may stay without an answer.',
    access: 'public',
    input: { token },
    output: submission,
    status: 202,
    faults: [...writeFaults, interviewFaults.alreadySubmitted],
    rateLimit: linkRateLimit,
  }),
  listMyInterviews: operation({
    method: 'GET',
    path: '/api/v1/interviews/mine',
    summary: 'List the interviews you are invited to',
    access: 'user',
    input: { ...paging },
    output: page(myInterview),
  }),
  openMyInterview: operation({
    method: 'POST',
    path: '/api/v1/interviews/mine/{interviewId}/link',
    summary: 'Get a fresh personal link to your own interview',
    description:
      'The link before it stops working. Also after it has expired: consent can be withdrawn at any time.',
    access: 'user',
    input: { interviewId: id },
    output: personalLink,
    status: 201,
    faults: [faults.notFound, interviewFaults.cancelled],
    sensitive: true,
    rateLimit: { max: 20, windowSeconds: 60 },
  }),
}
