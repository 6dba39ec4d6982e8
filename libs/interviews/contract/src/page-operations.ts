import { operation, pageText } from '@cenopie/platform-contract'
import { z } from 'zod'
import { linkFaults, linkRateLimit, token, writeFaults } from './candidate-operations.ts'
import { interviewFaults } from './faults.ts'
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
  'answer-in-writing',
] as const
/** `show-1` … `show-20`: the question whose time begins. */
const showButtons = Array.from({ length: maxQuestions }, (_, at) => `show-${at + 1}` as const)

const page = {
  path: '/api/v1/interviews/pages/{token}',
  access: 'public',
  output: pageText,
  mediaType: 'text/html',
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
    description: 'Whatever button was pressed, answers that differ are saved first, so that none is lost.',
    input: {
      token,
      ...answers,
      version: z.string().min(1).max(40).describe('Of the consent text on the page.'),
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
