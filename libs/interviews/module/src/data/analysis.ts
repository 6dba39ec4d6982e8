import type { InterviewQuestion } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { AnalysisCost, Analyst } from '../domain/analyst.ts'
import type { VerifiedAnalysis } from '../domain/analysis-result.ts'
import type { SpokenWord } from '../domain/transcript.ts'
import { inForce, weightedMean, type OverridableScore } from '../domain/scoring.ts'
import { one } from './interviews.ts'
import { storedQuestions } from './questions.ts'
import { eraseSpeech } from './transcripts.ts'
import { interviewColumns, type InterviewRow } from './interview-row.ts'

/** An answer that may be analysed now, with the frozen question it answers. */
export interface AnswerToAnalyse {
  answerId: string
  interviewId: string
  text: string
  /** Its transcript, where it is spoken: read in place of the text. */
  spoken: { words: SpokenWord[]; language: string } | null
  /** It is spoken, and its transcript is gone. */
  unheard: boolean
  questionId: string
  questions: InterviewQuestion[]
  language: string
  rubricVersion: number
}

/** Nothing is read for the analyst, and nothing of its result is kept, unless this holds. */
export const allowed = `i.consent = 'given' AND i.status IN ('submitted', 'analysis-failed')`

/**
 * Marks the answer as running and reads it, in one statement that checks consent and status too. Undefined when the
 * analysis must not run (any more): consent withdrawn, interview cancelled or decided, result there already.
 */
export async function beginAnalysis(
  database: Queryable,
  answerId: string,
): Promise<AnswerToAnalyse | undefined> {
  const [row] = await database.query<AnswerToAnalyse>(
    `UPDATE answer a SET analysis = 'running', attempts = a.attempts + 1
     FROM interview i JOIN template_version v ON v.id = i.template_version_id
     WHERE a.id = $1 AND i.id = a.interview_id AND ${allowed} AND a.analysis IN ('queued', 'running', 'failed')
     RETURNING a.id AS "answerId", a.interview_id AS "interviewId", a.text, a.question_id AS "questionId",
       (SELECT jsonb_build_object('words', t.words, 'language', t.language) FROM transcript t
         WHERE t.answer_id = a.id) AS spoken,
       EXISTS (SELECT FROM analysis_step s WHERE s.answer_id = a.id)
         AND NOT EXISTS (SELECT FROM transcript t WHERE t.answer_id = a.id) AS unheard, v.questions, v.language, v.number AS "rubricVersion"`,
    [answerId],
  )
  return row && { ...row, questions: storedQuestions(row.questions) }
}

/** The interview of an answer, locked, if consent and status still allow an analysis. */
export async function lockAnalysable(tx: Queryable, answerId: string): Promise<InterviewRow | undefined> {
  const [row] = await tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview i
     WHERE i.id = (SELECT interview_id FROM answer WHERE id = $1) AND ${allowed} FOR UPDATE`,
    [answerId],
  )
  return row
}

export interface AnalysisRecord {
  analyst: Pick<Analyst, 'name' | 'model' | 'promptVersion'>
  rubricVersion: number
  result: VerifiedAnalysis
  cost: AnalysisCost | undefined
  at: Date
}

/** After `lockAnalysable`. False when the answer has its scores already. */
export async function storeAnalysis(
  tx: Queryable,
  answerId: string,
  record: AnalysisRecord,
): Promise<boolean> {
  const { analyst, result, cost } = record
  const done = await tx.query(
    `UPDATE answer SET analysis = 'done', reason = NULL, analyst = $2, model = $3, prompt_version = $4,
       rubric_version = $5, summary = $6, input_tokens = $7, output_tokens = $8, amount_usd = $9, finished_at = $10
     WHERE id = $1 AND analysis IN ('queued', 'running', 'failed') RETURNING id`,
    [
      answerId,
      analyst.name,
      analyst.model,
      analyst.promptVersion,
      record.rubricVersion,
      result.summary,
      cost?.inputTokens ?? null,
      cost?.outputTokens ?? null,
      cost?.amountUsd ?? null,
      record.at,
    ],
  )
  if (done.length === 0) return false
  for (const score of result.scores) {
    await tx.query(
      `INSERT INTO score (answer_id, criterion_id, weight, score, rationale, quotes, dropped_quotes)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
      [
        answerId,
        score.criterionId,
        score.weight,
        score.score,
        score.rationale,
        JSON.stringify(score.quotes),
        score.droppedQuotes,
      ],
    )
  }
  return true
}

/** Back to the queue: the task tries again. */
export async function noteFailedTry(database: Queryable, answerId: string, reason: string): Promise<void> {
  await database.query(
    `UPDATE answer SET analysis = 'queued', reason = $2 WHERE id = $1 AND analysis = 'running'`,
    [answerId, reason],
  )
}

/** After `lockAnalysable`. */
export async function markFailed(tx: Queryable, answerId: string, reason: string): Promise<void> {
  await tx.query(
    `UPDATE answer SET analysis = 'failed', reason = $2 WHERE id = $1 AND analysis IN ('queued', 'running')`,
    [answerId, reason],
  )
}

export async function setStatus(tx: Queryable, interviewId: string, status: string): Promise<InterviewRow> {
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET status = $2, version = version + 1 WHERE id = $1 RETURNING ${interviewColumns}`,
      [interviewId, status],
    ),
  )
}

/** After `lockAnalysable`: people alone review this answer, for this reason. False when it has ended already. */
export async function leaveToPeople(tx: Queryable, answerId: string, reason: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE answer SET analysis = 'none', reason = $2
     WHERE id = $1 AND analysis IN ('queued', 'running', 'failed') RETURNING id`,
    [answerId, reason],
  )
  return rows.length > 0
}

/** How many answers of the interview are in the given analysis statuses. */
export async function countAnswers(tx: Queryable, interviewId: string, statuses: string[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM answer WHERE interview_id = $1 AND analysis = ANY($2)`,
    [interviewId, statuses],
  )
  return row?.count ?? 0
}

/** As `leaveToPeople` left them. */
export async function countLeftToPeople(tx: Queryable, interviewId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM answer WHERE interview_id = $1 AND analysis = 'none' AND reason IS NOT NULL`,
    [interviewId],
  )
  return row?.count ?? 0
}

/** Computes the interview's means anew from its scores: the analyst's own, and the ones in force. */
export async function updateOverall(tx: Queryable, interviewId: string): Promise<number | undefined> {
  const scores = await tx.query<OverridableScore>(
    `SELECT s.score, s.weight, s.override_score AS override FROM score s JOIN answer a ON a.id = s.answer_id
     WHERE a.interview_id = $1`,
    [interviewId],
  )
  const overall = weightedMean(scores.map(inForce))
  await tx.query(`UPDATE interview SET ai_overall = $2, overall = $3 WHERE id = $1`, [
    interviewId,
    weightedMean(scores) ?? null,
    overall ?? null,
  ])
  return overall
}

/** For a retry by hand: a failed answer waits again. False when it has not failed. */
export async function requeue(tx: Queryable, interviewId: string, answerId: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE answer SET analysis = 'queued' WHERE id = $1 AND interview_id = $2 AND analysis = 'failed' RETURNING id`,
    [answerId, interviewId],
  )
  return rows.length > 0
}

/**
 * For a retry by hand, too: an answer that was left to people for want of a recording waits again, now that there is one.
 * False where there is none, or it was heard.
 */
export async function requeueUnheard(tx: Queryable, interviewId: string, answerId: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE answer a SET analysis = 'queued'
     WHERE a.id = $1 AND a.interview_id = $2 AND a.analysis = 'none' AND a.reason IS NOT NULL
       AND NOT EXISTS (SELECT FROM transcript t WHERE t.answer_id = a.id)
       AND EXISTS (SELECT FROM take t WHERE t.interview_id = a.interview_id AND t.question_id = a.question_id
         AND t.status = 'ready') RETURNING a.id`,
    [answerId, interviewId],
  )
  return rows.length > 0
}

/** After consent ended: what was not analysed never is, and what was is deleted. */
export async function eraseAnalysis(tx: Queryable, interviewId: string): Promise<void> {
  await tx.query(`DELETE FROM score WHERE answer_id IN (SELECT id FROM answer WHERE interview_id = $1)`, [
    interviewId,
  ])
  await eraseSpeech(tx, interviewId)
  await tx.query(
    `UPDATE answer SET analysis = 'cancelled', summary = NULL, reason = NULL
     WHERE interview_id = $1 AND (analysis <> 'none' OR reason IS NOT NULL)`,
    [interviewId],
  )
  await tx.query(`UPDATE interview SET ai_overall = NULL, overall = NULL WHERE id = $1`, [interviewId])
}
