import type { CandidateQuestion } from '@cenopie/interviews-contract'
import type { OpenQuestion } from './circumstances.ts'
import { takeOf } from './takes.ts'

/** As its candidate sees it: without its text before its time runs. */
export function candidateQuestionOf({
  question,
  standing,
  shownAt,
  takes,
}: Omit<OpenQuestion, 'practice'>): CandidateQuestion {
  const { modes, openModes, limits, readable, until } = standing
  return {
    id: question.id,
    prompt: readable ? question.prompt : '',
    guidance: readable ? question.guidance : '',
    modes,
    openModes,
    ...limits,
    ...(shownAt === undefined ? {} : { shownAt: shownAt.toISOString() }),
    ...(until === undefined
      ? {}
      : { recordBy: until.recordBy.toISOString(), writeBy: until.writeBy.toISOString() }),
    takesLeft: standing.takesLeft,
    takes: takes.map(takeOf),
  }
}
