import type { CandidateQuestion, InterviewQuestion, PracticeQuestion } from '@cenopie/interviews-contract'
import { neverArrived, takesLeft, type TakeFacts } from './takes.ts'
import { answerableUntil, isOver, isTimed, limitsFor, type Limits } from './timing.ts'

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
  /** Those in which it can still be answered, now or once it is shown. */
  readonly openModes: CandidateQuestion['modes']
  readonly limits: Limits
  /** Not yet: a question with a limit is read when its time runs. */
  readonly readable: boolean
  readonly until: { readonly recordBy: Date; readonly writeBy: Date } | undefined
  readonly over: { readonly recording: boolean; readonly writing: boolean }
  readonly takesLeft: number
}

export function standingOf(
  question: AnyQuestion,
  { timeFactor, inWriting }: Circumstances,
  takes: readonly TakeFacts[],
  shownAt: Date | undefined,
  now: Date,
): Standing {
  const limits = limitsFor(question, timeFactor)
  const until = answerableUntil(limits, shownAt)
  // Practising is possible at any time: what its clock says is to be watched.
  const practice = !('retakes' in question)
  const timed = practice ? undefined : until
  const over = {
    // Whoever began in time may use their retakes: those are counted, not timed.
    recording: timed !== undefined && takes.length === 0 && isOver(timed.recordBy, now),
    writing: timed !== undefined && isOver(timed.writeBy, now),
  }
  // With a limit to the time to think, who begins and sends nothing would have as much of it as they like.
  const counted = timed ? takes : takes.filter((take) => !neverArrived(take, now))
  const left = takesLeft(practice ? practiceRetakes : question.retakes, counted)
  const modes: Standing['modes'] =
    inWriting && !question.modes.includes('text') ? ['text', ...question.modes] : question.modes
  return {
    modes,
    openModes: modes.filter((mode) => (mode === 'text' ? !over.writing : left > 0 && !over.recording)),
    limits,
    readable: practice || shownAt !== undefined || !isTimed(limits),
    until,
    over,
    takesLeft: left,
  }
}
