import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { saveAnswer } from '../data/candidate-answers.ts'
import { countCharacters } from '../domain/answers.ts'
import { requireOpen } from '../domain/lifecycle.ts'
import { lockLinked } from './link-access.ts'
import { requireQuestion, requireWritable } from './question-access.ts'
import type { Operations } from './types.ts'

export function answerOperations(database: Database): Operations<'saveAnswer'> {
  return {
    async saveAnswer({ token, questionId, text }) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockLinked(tx, token, now)
        requireOpen(interview, now)
        const { question, standing } = await requireQuestion(tx, interview, questionId, now)
        // Practising in writing keeps nothing.
        if (!('maxCharacters' in question)) throw new Fault(faults.notFound)
        requireWritable(standing)
        const characters = countCharacters(text)
        if (characters > question.maxCharacters) {
          const message = `is ${characters} characters long; this question takes ${question.maxCharacters}`
          throw invalid({ field: 'text', message })
        }
        await saveAnswer(tx, interview.id, questionId, text, now)
        return { questionId, characters, savedAt: now.toISOString() }
      })
    },
  }
}
