import type { CandidateInterview } from '@cenopie/interviews-contract'
import { Fault, invalid } from '@cenopie/platform-contract'
import { interviewPage } from '../pages/interview.ts'
import type { Operations } from './types.ts'

type Behind = Operations<'viewLink' | 'decideConsent' | 'saveAnswer' | 'submitInterview'>
type Fill = Operations<'fillInInterview'>['fillInInterview']

const decisions = {
  'give-consent': 'given',
  'decline-consent': 'declined',
  'withdraw-consent': 'withdrawn',
} as const

/** The personal link as a page, in front of what the other operations do. */
export function pageOperations(behind: Behind): Operations<'showInterview' | 'fillInInterview'> {
  /** Saves what differs, so that whoever only wants to withdraw consent writes nothing else. */
  async function save(view: CandidateInterview, input: Parameters<Fill>[0], call: Parameters<Fill>[1]) {
    const fields: Partial<Record<string, string>> = input
    for (const [at, { id: questionId, answer }] of view.questions.entries()) {
      const field = `answer${at + 1}`
      const text = fields[field]?.replaceAll('\r\n', '\n')
      if (text === undefined || text === answer) continue
      await behind
        .saveAnswer({ token: input.token, questionId, text }, call)
        .catch((error: unknown) => Promise.reject(named(error, field)))
    }
  }

  return {
    async showInterview(input, call) {
      return interviewPage(await behind.viewLink(input, call))
    },
    async fillInInterview(input, call) {
      const { token, version, then } = input
      await save(await behind.viewLink({ token }, call), input, call)
      let note = 'Your answers are saved.'
      if (then === 'submit') {
        await behind.submitInterview({ token }, call)
        note = 'Your answers are submitted.'
      } else if (then !== 'save') {
        await behind.decideConsent({ token, version, decision: decisions[then] }, call)
        note = 'Your choice is recorded.'
      }
      return interviewPage(await behind.viewLink({ token }, call), note)
    },
  }
}

/** A refused answer under the name of its field in the form. */
function named(error: unknown, field: string): unknown {
  if (!(error instanceof Fault) || !error.errors) return error
  return invalid(...error.errors.map(({ message }) => ({ field, message })))
}
