import { id, task, type TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type Outbox, type TaskHandler, type TaskRun } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { beginAnalysis, noteFailedTry, type AnswerToAnalyse } from '../data/analysis.ts'
import { verifyAnalysis } from '../domain/analysis-result.ts'
import type { Analyst } from '../domain/analyst.ts'
import { isFinal, reasonOf } from '../domain/failure.ts'
import { analysisOutcome } from './analysis-outcome.ts'

const payload = z.object({ answerId: id })
export type AnalyseAnswer = TaskType<typeof payload>

export interface AnalysisConfig {
  analysisConcurrency: number
  analysisAttempts: number
  analysisBackoffSeconds: number
  analysisTimeoutSeconds: number
}

export function analyseAnswerTask(config: AnalysisConfig): AnalyseAnswer {
  return task('interviews.analyse-answer', payload, {
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
  task: AnalyseAnswer,
  database: Database,
  outbox: Outbox,
  analyst: Analyst,
): TaskHandler<AnalyseAnswer> {
  const outcome = analysisOutcome(outbox)

  async function analyse(answer: AnswerToAnalyse, run: TaskRun): Promise<void> {
    const question = answer.questions.find(({ id }) => id === answer.questionId)
    if (!question) throw new Error(`answer ${answer.answerId} is to no question of its template`)
    const input = {
      question: question.prompt,
      answer: answer.text,
      language: answer.language,
      criteria: question.criteria,
    }
    const analysis = await analyst.analyse(input, { signal: run.signal, idempotencyKey: run.id })
    const result = verifyAnalysis(answer.text, question.criteria, analysis)
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
