import type { CandidateQuestion } from '@cenopie/interviews-contract'
import type { Standing } from '../domain/question-standing.ts'
import { takeOf, type TakeRow } from './takes.ts'

/** As its candidate sees it: without its text before its time runs. */
export function candidateQuestionOf(
  question: { id: string; prompt: string; guidance: string },
  standing: Standing,
  shownAt: Date | undefined,
  takes: readonly TakeRow[],
): CandidateQuestion {
  const { modes, limits, readable, until } = standing
  return {
    id: question.id,
    prompt: readable ? question.prompt : '',
    guidance: readable ? question.guidance : '',
    modes,
    ...limits,
    ...(shownAt === undefined ? {} : { shownAt: shownAt.toISOString() }),
    ...(until === undefined
      ? {}
      : { recordBy: until.recordBy.toISOString(), writeBy: until.writeBy.toISOString() }),
    takesLeft: standing.takesLeft,
    takes: takes.map(takeOf),
  }
}
