import type {
  AnswerRecording,
  AnswerTranscript,
  RecordedMode,
  TakeStatus,
} from '@cenopie/interviews-contract'
import { spokenText, type SpokenWord } from '../domain/transcript.ts'
import { takeThatCounts } from '../domain/takes.ts'
import type { Answer, Take, Transcript } from './generated/client.ts'

type KnownTake = Take & { status: TakeStatus; mode: RecordedMode }

/** The take that is the answer; or the last one of which nothing is left, so that its absence is told. */
export function takeOfAnswer(takes: readonly Take[], answer: Answer): KnownTake | undefined {
  const own = takes.filter(({ questionId }) => questionId === answer.questionId) as KnownTake[]
  const gone =
    answer.text === '' ? own.findLast(({ status }) => status === 'erased' || status === 'failed') : undefined
  return takeThatCounts(own, answer) ?? gone
}

/** Without addresses: media gives those. */
export function recordingOf(take: KnownTake): AnswerRecording {
  return {
    fileId: take.fileId,
    mode: take.mode,
    takeNumber: take.number,
    status: take.status,
    ...(take.seconds === null ? {} : { seconds: take.seconds }),
    ...(take.reason === null ? {} : { reason: take.reason }),
    urls: [],
  }
}

export function transcriptOf(row: Transcript): AnswerTranscript {
  const words = row.words as unknown as SpokenWord[]
  const { language, engine, engineVersion, confidence, refusalCode, refusalReason } = row
  return {
    text: spokenText({ words, language }).text,
    language,
    engine,
    engineVersion,
    ...(confidence === null ? {} : { confidence }),
    words,
    ...(refusalCode === null || refusalReason === null
      ? {}
      : { refusal: { code: refusalCode, reason: refusalReason } }),
  }
}
