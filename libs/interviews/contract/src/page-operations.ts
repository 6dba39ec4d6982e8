import { content, operation, pageText } from '@cenopie/platform-contract'
import { z } from 'zod'
import { linkFaults, linkRateLimit, token, writeFaults } from './candidate-operations.ts'
import { interviewFaults } from './faults.ts'
import { ethnicity, sex } from './self-identification.ts'
import { maxAnswerCharacters, maxQuestions } from './template.ts'
import { text } from './text.ts'

/** Forms send a line break as two characters, the interview keeps one; the longest allowed is checked after that. */
const answer = text(2 * maxAnswerCharacters).optional()

/** `answer1` … `answer20`, in the order of the questions: what the fields of one form can be called beforehand. */
const answers = Object.fromEntries(
  Array.from({ length: maxQuestions }, (_, at) => [`answer${at + 1}`, answer]),
) as Record<`answer${number}`, typeof answer>

const buttons = [
  ...(['save', 'give-consent', 'decline-consent', 'withdraw-consent', 'submit'] as const),
  ...(['more-time', 'answer-in-writing', 'human-process', 'identify-myself'] as const),
] as const
/** `show-1` … `show-20`: the question whose time begins. */
const showButtons = Array.from({ length: maxQuestions }, (_, at) => `show-${at + 1}` as const)

const page = {
  path: '/api/v1/interviews/pages/{token}',
  access: 'public',
  output: pageText,
  mediaType: 'text/html',
  pageNeeds: { scripts: true, devices: ['camera', 'microphone'] },
  sensitive: true,
  rateLimit: linkRateLimit,
} as const

/** Where the personal link in a mail leads: the interview for people with nothing but a browser. */
export const pageOperations = {
  showInterview: operation({
    ...page,
    method: 'GET',
    summary: 'Page: the interview behind a personal link',
    description: 'Changes nothing: link scanners and previews send it.',
    input: { token },
    faults: linkFaults,
  }),
  fillInInterview: operation({
    ...page,
    method: 'POST',
    summary: 'Page: keep the answers, then do what was asked',
    description:
      'Whatever button was pressed, answers that differ are saved first, so that none is lost; those that come too late are named on the page.',
    input: {
      token,
      ...answers,
      version: z.string().min(1).max(40).describe('Of the consent text on the page.'),
      note: text(2000).optional().describe('What the company should know of a request for an alternative.'),
      timeFactor: z.enum(['1.25', '1.5', '2', '3']).optional().describe('With `more-time`.'),
      sex: sex.optional().describe('With `identify-myself`.'),
      ethnicity: ethnicity.optional().describe('With `identify-myself`.'),
      then: z.enum([...buttons, ...showButtons]),
    },
    forms: true,
    bodyLimit: 2 * 1024 * 1024,
    faults: [
      ...writeFaults,
      interviewFaults.consentOutdated,
      interviewFaults.consentFinal,
      interviewFaults.alreadySubmitted,
    ],
  }),
}

/** What the page records with, where a browser has a camera or a microphone and runs scripts. */
export const pageAssets = {
  readPageAsset: content({
    path: '/api/v1/interviews/pages/assets/{version}/{name}',
    summary: 'Page: the program that records, and its style',
    description:
      'Kept for good at the address that the page names; any other version answers what is there now.',
    access: 'public',
    input: {
      version: z.string().min(1).max(64),
      name: z.enum(['recorder.js', 'recorder.css']),
    },
    mediaTypes: ['text/javascript', 'text/css'],
  }),
}
