import { task } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type TaskHandler, type TaskRun } from '@cenopie/platform-outbox'
import { beginAnalysis, noteFailedTry, type AnswerToAnalyse } from '../data/analysis.ts'
import { verifyAnalysis } from '../domain/analysis-result.ts'
import type { Analyst } from '../domain/analyst.ts'
import { isFinal, reasonOf } from '../domain/failure.ts'
import { verifySpokenQuotes } from '../domain/quotes-spoken.ts'
import { spokenText } from '../domain/transcript.ts'
import type { AnalysisOutcome } from './analysis-outcome.ts'
import { answerPayload, type AnswerTask } from './pipeline.ts'
import { recordingGone, type SpeechOutcome } from './speech-outcome.ts'

export interface AnalysisConfig {
  analysisConcurrency: number
  analysisAttempts: number
  analysisBackoffSeconds: number
  analysisTimeoutSeconds: number
}

export function analyseAnswerTask(config: AnalysisConfig): AnswerTask {
  return task('interviews.analyse-answer', answerPayload, {
    concurrency: config.analysisConcurrency,
    attempts: config.analysisAttempts,
    backoffSeconds: config.analysisBackoffSeconds,
    timeoutSeconds: config.analysisTimeoutSeconds,
  })
}

/**
 * Has one answer analysed. Consent and status are checked right before the analyst is asked and again in the
 * transaction that keeps its result; when they no longer hold, the run ends without effect.
 */
export function analyseAnswerHandler(
  task: AnswerTask,
  database: Database,
  outcome: AnalysisOutcome & Pick<SpeechOutcome, 'refuse'>,
  analyst: Analyst,
): TaskHandler<AnswerTask> {
  async function analyse(answer: AnswerToAnalyse, run: TaskRun): Promise<void> {
    const question = answer.questions.find(({ id }) => id === answer.questionId)
    if (!question) throw new Error(`answer ${answer.answerId} is to no question of its template`)
    const spoken = answer.spoken && spokenText(answer.spoken)
    const input = {
      question: question.prompt,
      answer: spoken?.text ?? answer.text,
      language: answer.language,
      criteria: question.criteria,
    }
    const analysis = await analyst.analyse(input, { signal: run.signal, idempotencyKey: run.id })
    const result = verifyAnalysis(
      input.answer,
      question.criteria,
      analysis,
      spoken ? (quotes) => verifySpokenQuotes(spoken, quotes) : undefined,
    )
    const { rubricVersion } = answer
    await database.transaction(async (tx) => {
      const record = { analyst, rubricVersion, result, cost: analysis.cost, at: new Date() }
      await outcome.succeed(tx, run.call, answer.answerId, record)
      await run.done(tx)
    })
  }

  return handle(
    task,
    async ({ answerId }, run) => {
      const answer = await beginAnalysis(database, answerId)
      if (!answer) return
      if (answer.unheard) {
        await database.transaction(async (tx) => {
          await outcome.refuse(tx, run.call, answerId, recordingGone)
          await run.done(tx)
        })
        return
      }
      try {
        await analyse(answer, run)
      } catch (error) {
        const reason = reasonOf(error, run.signal)
        if (isFinal(error)) {
          run.log.warn({ err: error, answerId }, 'analysis refused for good')
          await database.transaction(async (tx) => {
            await outcome.fail(tx, run.call, answerId, reason)
            await run.done(tx)
          })
          return
        }
        await noteFailedTry(database, answerId, reason)
        throw new Error(reason, { cause: error })
      }
    },
    ({ answerId }, tx, reason, call) => outcome.fail(tx, call, answerId, reason),
  )
}
