import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { Queryable } from '@cenopie/platform-database'
import { openQuestions, type OpenQuestion } from '../data/circumstances.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import type { Standing } from '../domain/question-standing.ts'

/** @throws Fault not-found: a question of another interview looks like one that does not exist */
export async function requireQuestion(
  tx: Queryable,
  interview: InterviewRow,
  questionId: string,
  now: Date,
): Promise<OpenQuestion> {
  const found = (await openQuestions(tx, interview, now)).find(({ question }) => question.id === questionId)
  if (!found) throw new Fault(faults.notFound)
  return found
}

/**
 * Told in the faults that writers have known since before there was anything but writing.
 *
 * @throws Fault invalid-input that names the field, or deadline-passed
 */
export function requireWritable({ modes, readable, over }: Standing): void {
  if (!modes.includes('text'))
    throw invalid({ field: 'text', message: 'is not how this question is answered' })
  if (!readable) throw invalid({ field: 'questionId', message: 'has to be shown first' })
  if (over.writing) {
    throw new Fault(interviewFaults.deadlinePassed, { detail: interviewFaults.timeOver.title })
  }
}

/** @throws Fault mode-not-allowed or not-shown */
export function requireMode({ modes, readable }: Standing, mode: Standing['modes'][number]): void {
  if (!modes.includes(mode)) throw new Fault(interviewFaults.modeNotAllowed)
  if (!readable) throw new Fault(interviewFaults.notShown)
}
