import type { Queryable } from '@cenopie/platform-database'
import { standingOf, type AnyQuestion, type Standing } from '../domain/question-standing.ts'
import { findAccommodation, noAccommodation } from './accommodations.ts'
import { templateOf } from './postings.ts'
import type { InterviewRow } from './interview-row.ts'
import { shownQuestions } from './shown-questions.ts'
import { takesOf, type TakeRow } from './takes.ts'

export interface OpenQuestion {
  question: AnyQuestion
  /** Nobody at the company sees it. */
  practice: boolean
  standing: Standing
  shownAt: Date | undefined
  takes: TakeRow[]
}

/** A question of an interview, or its practice question, with what its candidate may do now. */
export async function findQuestion(
  tx: Queryable,
  interview: Pick<InterviewRow, 'id' | 'templateVersionId'>,
  questionId: string,
): Promise<OpenQuestion | undefined> {
  const { questions, practice } = await templateOf(tx, interview)
  const question = [...questions, ...(practice ? [practice] : [])].find(({ id }) => id === questionId)
  if (!question) return undefined
  const circumstances = (await findAccommodation(tx, interview.id)) ?? noAccommodation
  const shownAt = (await shownQuestions(tx, interview.id)).get(questionId)
  const takes = (await takesOf(tx, interview.id)).filter((take) => take.questionId === questionId)
  return {
    question,
    practice: question === practice,
    standing: standingOf(question, circumstances, takes, shownAt),
    shownAt,
    takes,
  }
}
