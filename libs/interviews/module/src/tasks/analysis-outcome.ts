import { analysed, analysisFailed } from '@cenopie/interviews-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import {
  countAnswers,
  lockAnalysable,
  markFailed,
  setStatus,
  storeAnalysis,
  updateOverall,
  type AnalysisRecord,
} from '../data/analysis.ts'
import { auditActor, record } from '../data/audit.ts'
import { factsOf, invitedByOf } from '../domain/facts.ts'

/** What an analysis leaves behind. Both lock the interview first, so its last two answers end one after the other. */
export function analysisOutcome(outbox: Outbox) {
  return {
    /** Keeps the scores; with the last answer the interview is analysed. Nothing when consent or status are gone. */
    async succeed(
      tx: Transaction,
      call: CallContext,
      answerId: string,
      result: AnalysisRecord,
    ): Promise<void> {
      const interview = await lockAnalysable(tx, answerId)
      if (!interview || !(await storeAnalysis(tx, answerId, result))) return
      const { name, model, promptVersion } = result.analyst
      await record(tx, {
        interviewId: interview.id,
        actor: auditActor(call.actor),
        action: 'answer.analysed',
        after: { answerId, analyst: name, model, promptVersion, rubricVersion: result.rubricVersion },
        at: result.at,
      })
      if ((await countAnswers(tx, interview.id, ['queued', 'running', 'failed'])) > 0) return
      const overall = await updateOverall(tx, interview.id)
      const done = await setStatus(tx, interview.id, 'analysed')
      await outbox.publish(tx, call, analysed, {
        entity: { id: done.id, version: done.version },
        payload: { ...factsOf(done), ...invitedByOf(done) },
      })
      await record(tx, {
        interviewId: done.id,
        actor: auditActor(call.actor),
        action: 'interview.analysed',
        before: { status: interview.status },
        after: { status: done.status, overall: overall ?? null },
        at: result.at,
      })
    },

    /** Marks the answer as failed; with the first failed answer the interview's analysis has failed. */
    async fail(tx: Transaction, call: CallContext, answerId: string, reason: string): Promise<void> {
      const interview = await lockAnalysable(tx, answerId)
      if (!interview) return
      await markFailed(tx, answerId, reason)
      await record(tx, {
        interviewId: interview.id,
        actor: auditActor(call.actor),
        action: 'analysis.failed',
        after: { answerId, reason },
        at: new Date(),
      })
      if (interview.status === 'analysis-failed') return
      const failed = await setStatus(tx, interview.id, 'analysis-failed')
      await outbox.publish(tx, call, analysisFailed, {
        entity: { id: failed.id, version: failed.version },
        payload: { ...factsOf(failed), ...invitedByOf(failed), reason },
      })
    },
  }
}
