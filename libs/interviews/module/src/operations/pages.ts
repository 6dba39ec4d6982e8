import {
  interviewFaults,
  type CandidateInterview,
  type interviewsContract,
} from '@cenopie/interviews-contract'
import { Fault, invalid, type FieldError } from '@cenopie/platform-contract'
import type { StreamHandlers } from '@cenopie/platform-runtime'
import { pageAssets, recorder } from '../pages/assets.ts'
import { interviewPage } from '../pages/interview.ts'
import type { Operations } from './types.ts'

type Behind = Operations<
  | 'viewLink'
  | 'decideConsent'
  | 'saveAnswer'
  | 'submitInterview'
  | 'showQuestion'
  | 'requestAlternative'
  | 'identifyMyself'
>
type Fill = Operations<'fillInInterview'>['fillInInterview']

const decisions = {
  'give-consent': 'given',
  'decline-consent': 'declined',
  'withdraw-consent': 'withdrawn',
} as const

const alternatives = {
  'more-time': { kind: 'more-time', granted: 'You have more time for every question.' },
  'answer-in-writing': { kind: 'in-writing', granted: 'You may answer every question in writing.' },
  'human-process': { kind: 'human-process', granted: 'People alone evaluate your interview.' },
} as const

/** The personal link as a page, in front of what the other operations do. */
export function pageOperations(behind: Behind): Operations<'showInterview' | 'fillInInterview'> {
  /**
   * Saves what differs, so that whoever only wants to withdraw consent writes nothing else. What is refused keeps back
   * nothing else. Resolves to the numbers of the questions that take no answer any more.
   */
  async function save(view: CandidateInterview, input: Parameters<Fill>[0], call: Parameters<Fill>[1]) {
    const fields: Partial<Record<string, string>> = input
    const late: number[] = []
    const refused: FieldError[] = []
    for (const [at, { id: questionId, answer }] of view.questions.entries()) {
      const field = `answer${at + 1}`
      const text = fields[field]?.replaceAll('\r\n', '\n')
      if (text === undefined || text === answer) continue
      try {
        await behind.saveAnswer({ token: input.token, questionId, text }, call)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        if (isLate(error)) late.push(at + 1)
        else if (error.errors) refused.push(...error.errors.map(({ message }) => ({ field, message })))
        else throw error
      }
    }
    if (refused.length > 0) throw invalid(...refused)
    return late
  }

  return {
    async showInterview(input, call) {
      return interviewPage(await behind.viewLink(input, call), await recorder())
    },
    async fillInInterview(input, call) {
      const { token, version, then } = input
      const view = await behind.viewLink({ token }, call)
      const late = await save(view, input, call)
      let note = late.length > 0 ? 'Your other answers are saved.' : 'Your answers are saved.'
      if (then === 'submit') {
        await behind.submitInterview({ token }, call)
        note = 'Your answers are submitted.'
      } else if (isAlternative(then)) {
        const { kind, granted } = alternatives[then]
        const timeFactor = Number(input.timeFactor ?? 1.5)
        const words = input.note?.replaceAll('\r\n', '\n') ?? ''
        await behind.requestAlternative({ token, kind, timeFactor, note: words }, call)
        note = granted
      } else if (isDecision(then)) {
        await behind.decideConsent({ token, version, decision: decisions[then] }, call)
        note = 'Your choice is recorded.'
      } else if (then === 'identify-myself') {
        const { sex = 'declined', ethnicity = 'declined' } = input
        await behind.identifyMyself({ token, sex, ethnicity }, call)
        note = 'Your voluntary answer is kept.'
      } else if (then !== 'save') {
        const question = view.questions[Number(then.slice('show-'.length)) - 1]
        if (!question) throw invalid({ field: 'then', message: 'names no question of this interview' })
        await behind.showQuestion({ token, questionId: question.id }, call)
        note = 'The time for this question runs.'
      }
      return interviewPage(
        await behind.viewLink({ token }, call),
        await recorder(),
        [...late.map(notSaved), note].join(' '),
      )
    },
  }
}

/** What the page loads. */
export const pageStreams: Pick<StreamHandlers<typeof interviewsContract>, 'readPageAsset'> = {
  async readPageAsset({ version, name }) {
    return (await pageAssets())[name].at(version)
  },
}

function isAlternative(then: string): then is keyof typeof alternatives {
  return then in alternatives
}

function isDecision(then: string): then is keyof typeof decisions {
  return then in decisions
}

/** Of the question, or of the interview. */
function isLate({ code }: Fault): boolean {
  const { deadlinePassed, alreadySubmitted, cancelled } = interviewFaults
  return [deadlinePassed, alreadySubmitted, cancelled].some((late) => late.code === code)
}

function notSaved(number: number): string {
  return `Question ${number} takes no answer any more: what you wrote there last is not saved.`
}
