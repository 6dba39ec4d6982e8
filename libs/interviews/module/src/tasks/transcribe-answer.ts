import type { mediaContract } from '@cenopie/media-contract'
import { task, type Client } from '@cenopie/platform-contract'
import type { Database, Queryable } from '@cenopie/platform-database'
import { handle, type TaskHandler, type TaskRun } from '@cenopie/platform-outbox'
import { beginStep, noteFailedStep, type AnswerToHear } from '../data/analysis-steps.ts'
import { takesOfAnswer } from '../data/takes.ts'
import type { TranscriptRecord } from '../data/transcripts.ts'
import { isFinal, reasonOf } from '../domain/failure.ts'
import { takeThatCounts } from '../domain/takes.ts'
import type { Transcriber } from '../domain/transcriber.ts'
import { whyUnusable } from '../domain/transcript-usable.ts'
import { measureVoice } from '../transcribers/measure-voice.ts'
import { answerPayload, type AnswerTask } from './pipeline.ts'
import { speech, withRendition } from './rendition.ts'
import type { SpeechOutcome } from './speech-outcome.ts'

export interface TranscriptionConfig {
  transcriptionConcurrency: number
  transcriptionAttempts: number
  transcriptionBackoffSeconds: number
  transcriptionTimeoutSeconds: number
  transcriberMaxSeconds: number
  transcriberAcceptWithoutConfidence: boolean
}

export function transcribeAnswerTask(config: TranscriptionConfig): AnswerTask {
  return task('interviews.transcribe-answer', answerPayload, {
    concurrency: config.transcriptionConcurrency,
    attempts: config.transcriptionAttempts,
    backoffSeconds: config.transcriptionBackoffSeconds,
    timeoutSeconds: config.transcriptionTimeoutSeconds,
  })
}

interface Tools {
  database: Database
  outcome: SpeechOutcome
  media: Client<typeof mediaContract>
  transcriber: Transcriber
}

class NotPermitted extends Error {}

/**
 * Writes down what is said in the take that counts. Consent and status are checked before the recording is fetched,
 * before each part of it is heard, and in the transaction that keeps the transcript; when they no longer hold, the run
 * ends without effect.
 */
export function transcribeAnswerHandler(
  task: AnswerTask,
  config: TranscriptionConfig,
  { database, outcome, media, transcriber }: Tools,
): TaskHandler<AnswerTask> {
  async function hear(
    fileId: string,
    { answerId, language }: AnswerToHear,
    run: TaskRun,
  ): Promise<TranscriptRecord | undefined> {
    const { engine } = transcriber
    const permit = (engineVersion: string) =>
      database.transaction(async (tx) => {
        const permitted = await outcome.permit(tx, run.call, answerId, { engine, engineVersion })
        if (!permitted) throw new NotPermitted()
      })
    return withRendition(media, { fileId, name: speech }, run, async (path) => {
      const { signal } = run
      const voice = await measureVoice(path, { maxSeconds: config.transcriberMaxSeconds, signal })
      const transcript = await transcriber.transcribe(
        { path, seconds: voice.seconds, language },
        { signal, idempotencyKey: run.id, permit },
      )
      const refusal = whyUnusable(transcript, voice, {
        acceptWithoutConfidence: config.transcriberAcceptWithoutConfidence,
      })
      return { fileId, transcript, voice, refusal, at: new Date() }
    })
  }

  async function transcribe(answer: AnswerToHear, run: TaskRun): Promise<void> {
    const { answerId } = answer
    const takeOf = async (tx: Queryable) => takeThatCounts(await takesOfAnswer(tx, answerId), answer)
    const take = await takeOf(database)
    const heard = take && (await hear(take.fileId, answer, run))
    await database.transaction(async (tx) => {
      if (heard) await outcome.heard(tx, run.call, answerId, heard)
      else await outcome.refuse(tx, run.call, answerId, 'The recording has no sound that can be read.')
      // Tried again, with the other: this one was erased meanwhile.
      if ((await takeOf(tx))?.fileId !== take?.fileId) throw new Error('another recording counts by now')
      await run.done(tx)
    })
  }

  return handle(
    task,
    async ({ answerId }, run) => {
      const answer = await beginStep(database, answerId, 'transcript', new Date())
      if (!answer) return
      try {
        await transcribe(answer, run)
      } catch (error) {
        if (error instanceof NotPermitted) return
        const reason = reasonOf(error, run.signal)
        if (isFinal(error)) {
          run.log.warn({ err: error, answerId }, 'transcription refused for good')
          await database.transaction(async (tx) => {
            await outcome.fail(tx, run.call, answerId, 'transcript', reason)
            await run.done(tx)
          })
          return
        }
        await noteFailedStep(database, answerId, 'transcript', reason)
        throw new Error(reason, { cause: error })
      }
    },
    ({ answerId }, tx, reason, call) => outcome.fail(tx, call, answerId, 'transcript', reason),
  )
}
