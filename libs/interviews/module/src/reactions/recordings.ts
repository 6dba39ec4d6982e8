import type { TakeStatus } from '@cenopie/interviews-contract'
import { fileErased, fileFailed, fileReady, uploadCompleted, type FileOwner } from '@cenopie/media-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import { react, type Outbox } from '@cenopie/platform-outbox'
import { answerOfTake, forgetSteps, isUntouched, nextStep } from '../data/analysis-steps.ts'
import { lockInterview, type InterviewRow } from '../data/interview-row.ts'
import { advanceTake, interviewOfFile, takesOfAnswer, type TakeRow } from '../data/takes.ts'
import { forgetTranscriptOf } from '../data/transcripts.ts'
import { isBlank } from '../domain/answers.ts'
import { answerOf, isOurs } from '../domain/file-owner.ts'
import { isOneOf, open } from '../domain/lifecycle.ts'
import { takeThatCounts } from '../domain/takes.ts'
import { keepRecordingsTask } from '../tasks/keep-recordings.ts'
import type { Pipeline } from '../tasks/pipeline.ts'
import { recordingGone, type SpeechOutcome } from '../tasks/speech-outcome.ts'

/**
 * What media says of the files that candidates recorded, in any order. Files of others, and of takes that nobody knows
 * (the transaction that would have counted them was refused), are none of ours.
 */
export function recordingReactions(outbox: Outbox, pipeline: Pipeline, outcome: SpeechOutcome) {
  /** An answer that waits for its recording goes on, with whichever take counts now; without any, for `reason`. */
  async function resume(
    tx: Transaction,
    call: CallContext,
    { companyId }: InterviewRow,
    take: TakeRow,
    reason = 'The recording cannot be processed.',
  ) {
    const answer = await answerOfTake(tx, take)
    const waits = answer?.analysis === 'queued' && (await nextStep(tx, answer.id)) === 'transcript'
    if (!waits) return
    const answerId = answer.id
    const counts = takeThatCounts(await takesOfAnswer(tx, answerId), answer)
    if (counts?.status === 'ready') return pipeline.goOn(tx, call, { answerId, companyId })
    if (counts) return
    if (isBlank(answer.text)) return outcome.refuse(tx, call, answerId, reason)
    await forgetSteps(tx, answerId)
    await pipeline.goOn(tx, call, { answerId, companyId })
  }

  async function keep(tx: Transaction, call: CallContext, owner: FileOwner) {
    const answerId = answerOf(owner)
    if (answerId !== undefined) await outbox.enqueue(tx, call, keepRecordingsTask, { answerId })
  }

  return [
    react(uploadCompleted, 'note-recording-uploaded', async ({ payload: { fileId, owner } }, tx, call) => {
      if (!isOurs(owner) || !(await lockOf(tx, fileId))) return
      await advanceTake(tx, fileId, 'uploaded')
      // Before it is processed, however long that takes: what nothing keeps is swept after a day.
      await keep(tx, call, owner)
    }),

    react(fileReady, 'note-recording-ready', async ({ payload }, tx, call) => {
      const { fileId, owner, seconds } = payload
      const interview = isOurs(owner) ? await lockOf(tx, fileId) : undefined
      if (!interview) return
      const from = isOneOf(interview.status, open) ? undefined : await afterSubmission(tx, owner)
      const take = await advanceTake(tx, fileId, 'ready', { seconds, from })
      if (!take) return
      await keep(tx, call, owner)
      await resume(tx, call, interview, take)
    }),

    react(fileFailed, 'note-recording-failed', async ({ payload }, tx, call) => {
      const { fileId, owner, reason } = payload
      const interview = isOurs(owner) ? await lockOf(tx, fileId) : undefined
      const take = interview && (await advanceTake(tx, fileId, 'failed', { reason }))
      if (take) await resume(tx, call, interview, take)
    }),

    react(fileErased, 'forget-recording', async ({ payload: { fileId, owner } }, tx, call) => {
      const interview = isOurs(owner) ? await lockOf(tx, fileId) : undefined
      if (!interview) return
      const take = await advanceTake(tx, fileId, 'erased')
      const heard = await forgetTranscriptOf(tx, fileId)
      if (heard !== undefined) await outcome.refuse(tx, call, heard, recordingGone)
      else if (take) await resume(tx, call, interview, take, recordingGone)
      await keep(tx, call, owner)
    }),
  ]
}

/**
 * What was not uploaded when the interview was submitted is no part of it. A recording that failed and was tried again
 * is, unless another one, or a text, has been taken as the answer in its place.
 */
async function afterSubmission(tx: Transaction, owner: FileOwner): Promise<TakeStatus[]> {
  const answerId = answerOf(owner)
  const untouched = answerId !== undefined && (await isUntouched(tx, answerId))
  return untouched ? ['uploaded', 'failed'] : ['uploaded']
}

/** The interview that a file was recorded for, locked. */
async function lockOf(tx: Transaction, fileId: string): Promise<InterviewRow | undefined> {
  const interviewId = await interviewOfFile(tx, fileId)
  return interviewId === undefined ? undefined : lockInterview(tx, interviewId)
}
