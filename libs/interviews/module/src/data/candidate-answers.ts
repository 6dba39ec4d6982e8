import type { ConsentState } from '@cenopie/interviews-contract'
import { newId, type Queryable } from '@cenopie/platform-database'
import { one } from './interviews.ts'
import { interviewColumns, type InterviewRow } from './interview-row.ts'

export interface StoredAnswer {
  id: string
  questionId: string
  text: string
  savedAt: Date
}

/** After `lockByLink`: the interview is open and stays so until the transaction ends. */
export async function saveAnswer(
  tx: Queryable,
  interviewId: string,
  questionId: string,
  text: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO answer (id, interview_id, question_id, text, saved_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (interview_id, question_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
    [newId(), interviewId, questionId, text, now],
  )
  await markStarted(tx, interviewId)
}

/** The answer that a recording is for: made where there is none, and left as it is. Resolves to its id. */
export async function ensureAnswer(
  tx: Queryable,
  interviewId: string,
  questionId: string,
  now: Date,
): Promise<string> {
  const { id } = one(
    await tx.query<{ id: string }>(
      `INSERT INTO answer AS a (id, interview_id, question_id, text, saved_at) VALUES ($1, $2, $3, '', $4)
       ON CONFLICT (interview_id, question_id) DO UPDATE SET text = a.text RETURNING a.id`,
      [newId(), interviewId, questionId, now],
    ),
  )
  await markStarted(tx, interviewId)
  return id
}

export async function answersOf(tx: Queryable, interviewId: string): Promise<StoredAnswer[]> {
  return tx.query<StoredAnswer>(
    `SELECT id, question_id AS "questionId", text, saved_at AS "savedAt" FROM answer WHERE interview_id = $1 ORDER BY id`,
    [interviewId],
  )
}

/** `queued` are the answers that an analyst is going to read. */
export async function markSubmitted(
  tx: Queryable,
  interviewId: string,
  queued: string[],
  now: Date,
): Promise<InterviewRow> {
  await tx.query(`UPDATE answer SET analysis = 'queued' WHERE id = ANY($1::uuid[])`, [queued])
  return one(
    await tx.query<InterviewRow>(
      `UPDATE interview SET status = $2, submitted_at = $3, version = version + 1
       WHERE id = $1 RETURNING ${interviewColumns}`,
      [interviewId, queued.length > 0 ? 'submitted' : 'human-review', now],
    ),
  )
}

export async function recordConsent(
  tx: Queryable,
  interviewId: string,
  state: ConsentState,
  textVersion: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO consent (id, interview_id, decision, text_version, at) VALUES ($1, $2, $3, $4, $5)`,
    [newId(), interviewId, state, textVersion, now],
  )
  await tx.query(
    `UPDATE interview SET consent = $2, consent_version = $3, consent_at = $4, version = version + 1 WHERE id = $1`,
    [interviewId, state, textVersion, now],
  )
  await markStarted(tx, interviewId)
}

/** After a first sign of the candidate. */
export async function markStarted(tx: Queryable, interviewId: string): Promise<void> {
  await tx.query(
    `UPDATE interview SET status = 'in-progress', version = version + 1 WHERE id = $1 AND status = 'invited'`,
    [interviewId],
  )
}
