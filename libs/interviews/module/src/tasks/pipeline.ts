import { id, type CallContext, type TaskType } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { nextStep, planSteps } from '../data/analysis-steps.ts'

export const answerPayload = z.object({ answerId: id })
export type AnswerTask = TaskType<typeof answerPayload>

export interface PipelineTasks {
  transcript: AnswerTask
  measures: AnswerTask
  scoring: AnswerTask
}

export interface QueuedAnswer {
  answerId: string
  /** On whose account the work is: companies take turns. */
  companyId: string
}

/**
 * The way of an answer: recording (media's) → transcript → measures → scoring → report. Each step is a task that
 * enqueues the next one in the transaction that ends it, so whatever dies between two steps, one of them is due.
 */
export function analysisPipeline(outbox: Outbox, tasks: PipelineTasks) {
  /** Enqueues the step that is due; once, however often it is asked. */
  async function goOn(tx: Transaction, call: CallContext, { answerId, companyId }: QueuedAnswer) {
    const step = (await nextStep(tx, answerId)) ?? 'scoring'
    await outbox.enqueue(tx, call, tasks[step], { answerId }, { key: answerId, fairKey: companyId })
  }

  return {
    goOn,
    /** Plans what a spoken answer goes through; it starts when its recording is ready. */
    async awaitRecording(tx: Transaction, call: CallContext, answer: QueuedAnswer, ready: boolean) {
      await planSteps(tx, answer.answerId)
      if (ready) await goOn(tx, call, answer)
    },
  }
}

export type Pipeline = ReturnType<typeof analysisPipeline>
