import { analysed, analysisFailed } from '@cenopie/interviews-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import {
  countAnswers,
  countLeftToPeople,
  lockAnalysable,
  markFailed,
  setStatus,
  storeAnalysis,
  updateOverall,
  type AnalysisRecord,
} from '../data/analysis.ts'
import { auditActor, record } from '../data/audit.ts'
import type { InterviewRow } from '../data/interview-row.ts'
import { factsOf, invitedByOf } from '../domain/facts.ts'

/** What an analysis leaves behind. Both lock the interview first, so its last two answers end one after the other. */
export function analysisOutcome(outbox: Outbox) {
  /**
   * With the last answer the interview is analysed; or people review it, when there is no answer that software could
   * score. Nothing while others are still to come, or have failed.
   */
  async function conclude(
    tx: Transaction,
    call: CallContext,
    interview: InterviewRow,
    { at, reason }: { at: Date; reason?: string },
  ): Promise<void> {
    if ((await countAnswers(tx, interview.id, ['queued', 'running', 'failed'])) > 0) return
    if ((await countAnswers(tx, interview.id, ['done'])) === 0) {
      const left = await setStatus(tx, interview.id, 'human-review')
      await outbox.publish(tx, call, analysisFailed, {
        entity: { id: left.id, version: left.version },
        payload: { ...factsOf(left), ...invitedByOf(left), reason: reason ?? '', leftToPeople: true },
      })
      return
    }
    const overall = await updateOverall(tx, interview.id)
    const unscored = await countLeftToPeople(tx, interview.id)
    const done = await setStatus(tx, interview.id, 'analysed')
    await outbox.publish(tx, call, analysed, {
      entity: { id: done.id, version: done.version },
      payload: { ...factsOf(done), ...invitedByOf(done), ...(unscored === 0 ? {} : { unscored }) },
    })
    await record(tx, {
      interviewId: done.id,
      actor: auditActor(call.actor),
      action: 'interview.analysed',
      before: { status: interview.status },
      after: { status: done.status, overall: overall ?? null },
      at,
    })
  }

  return {
    conclude,

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
      await conclude(tx, call, interview, { at: result.at })
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

export type AnalysisOutcome = ReturnType<typeof analysisOutcome>
