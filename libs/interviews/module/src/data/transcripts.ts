import type { Queryable } from '@cenopie/platform-database'
import type { SpeechMeasures, VoiceActivity } from '../domain/speech-measures.ts'
import type { TranscriptRefusal } from '../domain/transcript-usable.ts'
import type { SpokenWord, Transcript } from '../domain/transcript.ts'

export interface TranscriptRecord {
  fileId: string
  transcript: Transcript
  voice: VoiceActivity
  refusal: TranscriptRefusal | undefined
  at: Date
}

/** One answer has one; that of an earlier try is replaced. */
export async function keepTranscript(
  tx: Queryable,
  answerId: string,
  { fileId, transcript, voice, refusal, at }: TranscriptRecord,
): Promise<void> {
  await tx.query(
    `INSERT INTO transcript (answer_id, file_id, language, engine, engine_version, confidence, words, voice,
       refusal_code, refusal_reason, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11)
     ON CONFLICT (answer_id) DO UPDATE SET file_id = excluded.file_id, language = excluded.language,
       engine = excluded.engine, engine_version = excluded.engine_version, confidence = excluded.confidence,
       words = excluded.words, voice = excluded.voice, refusal_code = excluded.refusal_code,
       refusal_reason = excluded.refusal_reason, measures = NULL, created_at = excluded.created_at`,
    [
      answerId,
      fileId,
      transcript.language,
      transcript.engine,
      transcript.engineVersion,
      transcript.confidence ?? null,
      JSON.stringify(transcript.words),
      JSON.stringify(voice),
      refusal?.code ?? null,
      refusal?.reason ?? null,
      at,
    ],
  )
}

export interface KeptSpeech {
  language: string
  words: SpokenWord[]
  voice: VoiceActivity
}

export async function findSpeech(database: Queryable, answerId: string): Promise<KeptSpeech | undefined> {
  const [row] = await database.query<KeptSpeech>(
    `SELECT language, words, voice FROM transcript WHERE answer_id = $1`,
    [answerId],
  )
  return row
}

export async function keepMeasures(tx: Queryable, answerId: string, measures: SpeechMeasures): Promise<void> {
  await tx.query(`UPDATE transcript SET measures = $2::jsonb WHERE answer_id = $1`, [
    answerId,
    JSON.stringify(measures),
  ])
}

/** Of a recording that is gone. Resolves to the answer that it was of. */
export async function forgetTranscriptOf(tx: Queryable, fileId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ answerId: string }>(
    `DELETE FROM transcript WHERE file_id = $1 RETURNING answer_id AS "answerId"`,
    [fileId],
  )
  return row?.answerId
}

/** All that was derived from the recordings of an interview. */
export async function eraseSpeech(tx: Queryable, interviewId: string): Promise<void> {
  for (const table of ['transcript', 'analysis_step']) {
    await tx.query(
      `DELETE FROM ${table} WHERE answer_id IN (SELECT id FROM answer WHERE interview_id = $1)`,
      [interviewId],
    )
  }
}
