import { task } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type TaskHandler } from '@cenopie/platform-outbox'
import { beginStep } from '../data/analysis-steps.ts'
import { findSpeech } from '../data/transcripts.ts'
import { speechMeasures } from '../domain/speech-measures.ts'
import { answerPayload, type AnswerTask } from './pipeline.ts'
import { recordingGone, type SpeechOutcome } from './speech-outcome.ts'

export const measureSpeechTask: AnswerTask = task('interviews.measure-speech', answerPayload, {
  concurrency: 2,
  attempts: 3,
})

/** How an answer was spoken, for people to read; the scoring that follows never sees it. */
export function measureSpeechHandler(database: Database, outcome: SpeechOutcome): TaskHandler<AnswerTask> {
  return handle(
    measureSpeechTask,
    async ({ answerId }, run) => {
      const answer = await beginStep(database, answerId, 'measures', new Date())
      if (!answer) return
      const speech = await findSpeech(database, answerId)
      const measures = speech && speechMeasures(speech.words, speech.voice, speech.language)
      await database.transaction(async (tx) => {
        if (measures) await outcome.measured(tx, run.call, answerId, measures)
        else await outcome.refuse(tx, run.call, answerId, recordingGone)
        await run.done(tx)
      })
    },
    ({ answerId }, tx, reason, call) => outcome.fail(tx, call, answerId, 'measures', reason),
  )
}
