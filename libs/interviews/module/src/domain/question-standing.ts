import type { CandidateQuestion, InterviewQuestion, PracticeQuestion } from '@cenopie/interviews-contract'
import { takesLeft, type TakeFacts } from './takes.ts'
import { answerableUntil, isTimed, limitsFor, type Limits } from './timing.ts'

/** The practice question may be tried so often; a bound of the server's, not of the interview. */
const practiceRetakes = 19

export type AnyQuestion = InterviewQuestion | PracticeQuestion

/** What the server knows of one candidate that a question's limits depend on. */
export interface Circumstances {
  readonly timeFactor: number
  readonly inWriting: boolean
}

/** How one candidate may answer a question at the moment. */
export interface Standing {
  readonly modes: CandidateQuestion['modes']
  readonly limits: Limits
  /** Not yet: a question with a limit is read when its time runs. */
  readonly readable: boolean
  readonly until: { readonly recordBy: Date; readonly writeBy: Date } | undefined
  readonly takesLeft: number
}

export function standingOf(
  question: AnyQuestion,
  { timeFactor, inWriting }: Circumstances,
  takes: readonly TakeFacts[],
  shownAt: Date | undefined,
): Standing {
  const limits = limitsFor(question, timeFactor)
  const retakes = 'retakes' in question ? question.retakes : practiceRetakes
  return {
    modes: inWriting && !question.modes.includes('text') ? ['text', ...question.modes] : question.modes,
    limits,
    readable: shownAt !== undefined || !isTimed(limits),
    until: answerableUntil(limits, shownAt),
    takesLeft: takesLeft(retakes, takes),
  }
}
