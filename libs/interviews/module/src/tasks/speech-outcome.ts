import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import { leaveToPeople, lockAnalysable } from '../data/analysis.ts'
import { endStep, isToBeHeard, type SpeechStep } from '../data/analysis-steps.ts'
import { auditActor, record, recordOnce } from '../data/audit.ts'
import { keepMeasures, keepTranscript, type TranscriptRecord } from '../data/transcripts.ts'
import type { SpeechMeasures } from '../domain/speech-measures.ts'
import type { Transcript } from '../domain/transcript.ts'
import type { AnalysisOutcome } from './analysis-outcome.ts'
import type { Pipeline } from './pipeline.ts'

export const recordingGone = 'The recording was removed before its answer was evaluated.'

/**
 * What the steps before the scoring leave behind. Each locks the interview first and checks consent and status with
 * it; a step that has ended already is not ended again.
 */
export function speechOutcome(analysis: AnalysisOutcome, pipeline: Pipeline) {
  /** People listen instead: no software scores this answer. The others decide what becomes of the interview. */
  async function refuse(tx: Transaction, call: CallContext, answerId: string, reason: string): Promise<void> {
    const interview = await lockAnalysable(tx, answerId)
    const at = new Date()
    if (!interview || !(await leaveToPeople(tx, answerId, reason))) return
    await endStep(tx, answerId, 'transcript', { status: 'refused', reason, at })
    await record(tx, {
      interviewId: interview.id,
      actor: auditActor(call.actor),
      action: 'answer.left-to-people',
      after: { answerId, reason },
      at,
    })
    await analysis.conclude(tx, call, interview, { at, reason })
  }

  return {
    refuse,

    /** Whether an answer may be heard, or more of it. The trail names who hears it, also if nothing comes of it. */
    async permit(
      tx: Transaction,
      call: CallContext,
      answerId: string,
      by: Pick<Transcript, 'engine' | 'engineVersion'>,
    ): Promise<boolean> {
      const interview = await lockAnalysable(tx, answerId)
      if (!interview || !(await isToBeHeard(tx, answerId))) return false
      await recordOnce(tx, {
        interviewId: interview.id,
        actor: auditActor(call.actor),
        action: 'transcription.begun',
        after: { answerId, ...by },
        at: new Date(),
      })
      return true
    },

    async heard(
      tx: Transaction,
      call: CallContext,
      answerId: string,
      heard: TranscriptRecord,
    ): Promise<void> {
      const interview = await lockAnalysable(tx, answerId)
      if (!interview) return
      const { refusal, transcript, at } = heard
      if (refusal) {
        await keepTranscript(tx, answerId, heard)
        await refuse(tx, call, answerId, refusal.reason)
        return
      }
      if (!(await endStep(tx, answerId, 'transcript', { status: 'done', at }))) return
      await keepTranscript(tx, answerId, heard)
      await record(tx, {
        interviewId: interview.id,
        actor: auditActor(call.actor),
        action: 'answer.transcribed',
        after: { answerId, engine: transcript.engine, engineVersion: transcript.engineVersion },
        at,
      })
      await pipeline.goOn(tx, call, { answerId, companyId: interview.companyId })
    },

    async measured(
      tx: Transaction,
      call: CallContext,
      answerId: string,
      measures: SpeechMeasures,
    ): Promise<void> {
      const interview = await lockAnalysable(tx, answerId)
      if (!interview) return
      if (!(await endStep(tx, answerId, 'measures', { status: 'done', at: new Date() }))) return
      await keepMeasures(tx, answerId, measures)
      await pipeline.goOn(tx, call, { answerId, companyId: interview.companyId })
    },

    /** For good, until somebody tries it again by hand. */
    async fail(
      tx: Transaction,
      call: CallContext,
      answerId: string,
      step: SpeechStep,
      reason: string,
    ): Promise<void> {
      if (!(await lockAnalysable(tx, answerId))) return
      await endStep(tx, answerId, step, { status: 'failed', reason, at: new Date() })
      await analysis.fail(tx, call, answerId, reason)
    },
  }
}

export type SpeechOutcome = ReturnType<typeof speechOutcome>
