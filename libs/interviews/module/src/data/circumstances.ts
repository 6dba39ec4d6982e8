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

/** The questions of an interview in order, then its practice question, with what its candidate may do now. */
export async function openQuestions(
  tx: Queryable,
  interview: Pick<InterviewRow, 'id' | 'templateVersionId'>,
  now: Date,
): Promise<OpenQuestion[]> {
  const { questions, practice } = await templateOf(tx, interview)
  const circumstances = (await findAccommodation(tx, interview.id)) ?? noAccommodation
  const shown = await shownQuestions(tx, interview.id)
  const all = await takesOf(tx, interview.id)
  return [...questions, ...(practice ? [practice] : [])].map((question) => {
    const shownAt = shown.get(question.id)
    const takes = all.filter(({ questionId }) => questionId === question.id)
    return {
      question,
      practice: question === practice,
      standing: standingOf(question, circumstances, takes, shownAt, now),
      shownAt,
      takes,
    }
  })
}
