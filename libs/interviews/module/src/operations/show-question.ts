import type { Database } from '@cenopie/platform-database'
import { markStarted } from '../data/candidate-answers.ts'
import { candidateQuestionOf } from '../data/candidate-question.ts'
import { noteShown } from '../data/shown-questions.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import { lockLinked } from './link-access.ts'
import { requireQuestion } from './question-access.ts'
import type { Operations } from './types.ts'

export function showQuestionOperation(database: Database): Operations<'showQuestion'> {
  return {
    async showQuestion({ token, questionId }) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        requireOpen(interview, now)
        await requireQuestion(tx, interview, questionId, now)
        await noteShown(tx, interview.id, questionId, now)
        await markStarted(tx, interview.id)
        return candidateQuestionOf(await requireQuestion(tx, interview, questionId, now))
      })
    },
  }
}
