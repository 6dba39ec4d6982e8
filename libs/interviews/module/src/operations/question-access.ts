import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { Queryable } from '@cenopie/platform-database'
import { findQuestion, type OpenQuestion } from '../data/circumstances.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import type { Standing } from '../domain/question-standing.ts'
import { isOver } from '../domain/timing.ts'

/** @throws Fault not-found: a question of another interview looks like one that does not exist */
export async function requireQuestion(
  tx: Queryable,
  interview: InterviewRow,
  questionId: string,
): Promise<OpenQuestion> {
  const found = await findQuestion(tx, interview, questionId)
  if (!found) throw new Fault(faults.notFound)
  return found
}

/**
 * Told in the faults that writers have known since before there was anything but writing.
 *
 * @throws Fault invalid-input that names the field, or deadline-passed
 */
export function requireWritable({ modes, readable, until }: Standing, now: Date): void {
  if (!modes.includes('text'))
    throw invalid({ field: 'text', message: 'is not how this question is answered' })
  if (!readable) throw invalid({ field: 'questionId', message: 'has to be shown first' })
  if (until && isOver(until.writeBy, now)) {
    throw new Fault(interviewFaults.deadlinePassed, { detail: interviewFaults.timeOver.title })
  }
}

/** @throws Fault mode-not-allowed or not-shown */
export function requireMode({ modes, readable }: Standing, mode: Standing['modes'][number]): void {
  if (!modes.includes(mode)) throw new Fault(interviewFaults.modeNotAllowed)
  if (!readable) throw new Fault(interviewFaults.notShown)
}
