import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Queryable } from '@cenopie/platform-database'
import { findQuestion, type OpenQuestion } from '../data/circumstances.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import type { Standing } from '../domain/question-standing.ts'

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

/** @throws Fault mode-not-allowed or not-shown */
export function requireMode({ modes, readable }: Standing, mode: Standing['modes'][number]): void {
  if (!modes.includes(mode)) throw new Fault(interviewFaults.modeNotAllowed)
  if (!readable) throw new Fault(interviewFaults.notShown)
}
