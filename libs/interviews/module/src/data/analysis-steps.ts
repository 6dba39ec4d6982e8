import type { Queryable } from '@cenopie/platform-database'
import { allowed } from './analysis.ts'

/** What happens to a recording before an analyst reads it, in order. */
export const speechSteps = ['transcript', 'measures'] as const
export type SpeechStep = (typeof speechSteps)[number]

export interface StepRow {
  step: string
  status: string
  attempts: number
  reason: string | null
  startedAt: Date | null
  finishedAt: Date | null
}

/** The answer is a written one after all. */
export async function forgetSteps(tx: Queryable, answerId: string): Promise<void> {
  await tx.query(`DELETE FROM analysis_step WHERE answer_id = $1`, [answerId])
}

/** Both wait; what was there of an earlier round is forgotten. */
export async function planSteps(tx: Queryable, answerId: string): Promise<void> {
  await forgetSteps(tx, answerId)
  await tx.query(
    `INSERT INTO analysis_step (answer_id, step, status) SELECT $1, step, 'waiting' FROM unnest($2::text[]) AS step`,
    [answerId, speechSteps],
  )
}

/** The first step of an answer that is not done; undefined when all are, or it has none. */
export async function nextStep(tx: Queryable, answerId: string): Promise<SpeechStep | undefined> {
  const rows = await tx.query<{ step: string; status: string }>(
    `SELECT step, status FROM analysis_step WHERE answer_id = $1`,
    [answerId],
  )
  return speechSteps.find((step) => rows.some((row) => row.step === step && row.status !== 'done'))
}

export interface AnswerToHear {
  answerId: string
  interviewId: string
  companyId: string
  questionId: string
  language: string
  text: string
  savedAt: Date
}

/**
 * Marks a step as running and reads its answer, in one statement that checks consent and status too. Undefined when it
 * must not run (any more), or is done.
 */
export async function beginStep(
  database: Queryable,
  answerId: string,
  step: SpeechStep,
  now: Date,
): Promise<AnswerToHear | undefined> {
  const [row] = await database.query<AnswerToHear>(
    `UPDATE analysis_step s SET status = 'running', attempts = s.attempts + 1, reason = NULL, finished_at = NULL,
       started_at = $3
     FROM answer a JOIN interview i ON i.id = a.interview_id JOIN template_version v ON v.id = i.template_version_id
     WHERE s.answer_id = $1 AND s.step = $2 AND s.status IN ('waiting', 'running', 'failed')
       AND a.id = s.answer_id AND a.analysis IN ('queued', 'failed') AND ${allowed}
     RETURNING a.id AS "answerId", a.interview_id AS "interviewId", i.company_id AS "companyId", a.question_id AS "questionId",
       v.language, a.text, a.saved_at AS "savedAt"`,
    [answerId, step, now],
  )
  return row
}

/** After `lockAnalysable`. False when it has ended already, whoever ended it. */
export async function endStep(
  tx: Queryable,
  answerId: string,
  step: SpeechStep,
  end: { status: 'done' | 'refused' | 'failed'; reason?: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE analysis_step SET status = $3, reason = $4, finished_at = $5
     WHERE answer_id = $1 AND step = $2 AND status IN ('waiting', 'running') RETURNING step`,
    [answerId, step, end.status, end.reason ?? null, end.at],
  )
  return rows.length > 0
}

/** Back to the queue: the task tries again. */
export async function noteFailedStep(
  database: Queryable,
  answerId: string,
  step: SpeechStep,
  reason: string,
): Promise<void> {
  await database.query(
    `UPDATE analysis_step SET status = 'waiting', reason = $3
     WHERE answer_id = $1 AND step = $2 AND status = 'running'`,
    [answerId, step, reason],
  )
}

/** A failed step waits again, after a retry by hand. */
export async function requeueSteps(tx: Queryable, answerId: string): Promise<void> {
  await tx.query(
    `UPDATE analysis_step SET status = 'waiting', finished_at = NULL WHERE answer_id = $1 AND status = 'failed'`,
    [answerId],
  )
}

/** After `lockAnalysable`: whether the answer waits for what is heard in its recording. */
export async function isToBeHeard(tx: Queryable, answerId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 AS row FROM answer WHERE id = $1 AND analysis IN ('queued', 'failed')`,
    [answerId],
  )
  return rows.length > 0
}

/** Whether software has neither heard nor read anything as this answer, nor begun to. */
export async function isUntouched(tx: Queryable, answerId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 AS row FROM answer a WHERE a.id = $1
       AND NOT EXISTS (SELECT FROM transcript t WHERE t.answer_id = a.id)
       AND (a.analysis IN ('none', 'cancelled') OR a.analysis = 'queued' AND EXISTS
         (SELECT FROM analysis_step s WHERE s.answer_id = a.id AND s.step = 'transcript' AND s.status = 'waiting'))`,
    [answerId],
  )
  return rows.length > 0
}

/** What the answer of a take's question is, with what was written; undefined for the practice question. */
export async function answerOfTake(
  tx: Queryable,
  { interviewId, questionId }: { interviewId: string; questionId: string },
): Promise<{ id: string; text: string; savedAt: Date; analysis: string } | undefined> {
  const [row] = await tx.query<{ id: string; text: string; savedAt: Date; analysis: string }>(
    `SELECT id, text, saved_at AS "savedAt", analysis FROM answer WHERE interview_id = $1 AND question_id = $2`,
    [interviewId, questionId],
  )
  return row
}
