import type { ErasureCounts } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { Reader } from '../domain/provider-notices.ts'
import { one } from './interviews.ts'
import { interviewColumns, type InterviewRow } from './interview-row.ts'

/** In place of a person who is not known any more. */
export const nobody = '00000000-0000-0000-0000-000000000000'
const erasedName = 'Deleted candidate'

export interface Erased {
  interview: InterviewRow
  counts: ErasureCounts
  /** Recordings that the media domain is to erase. */
  fileIds: string[]
}

/**
 * After the interview is locked. What remains of it: that it took place, when, by which versions, how it was decided
 * and by whom, the consent decisions, and the trail without the candidate and without free text.
 */
export async function eraseInterview(tx: Queryable, interviewId: string, now: Date): Promise<Erased> {
  const files = await tx.query<{ id: string }>(
    `SELECT file_id AS id FROM take WHERE interview_id = $1 AND status <> 'erased'
     UNION ALL SELECT file_id FROM device_check WHERE interview_id = $1`,
    [interviewId],
  )
  const scores = await removed(
    tx,
    `DELETE FROM score WHERE answer_id IN (SELECT id FROM answer WHERE interview_id = $1)`,
    interviewId,
  )
  // Transcripts, measures and steps go with their answer.
  const answers = await removed(tx, `DELETE FROM answer WHERE interview_id = $1`, interviewId)
  for (const table of ['take', 'device_check', 'shown_question', 'accommodation']) {
    await removed(tx, `DELETE FROM ${table} WHERE interview_id = $1`, interviewId)
  }
  const counts = {
    answers,
    scores,
    scorecards: await removed(tx, `DELETE FROM scorecard WHERE interview_id = $1`, interviewId),
    humanReviews: await removed(tx, `DELETE FROM human_review WHERE interview_id = $1`, interviewId),
    selfIdentifications: await removed(
      tx,
      `DELETE FROM self_identification WHERE interview_id = $1`,
      interviewId,
    ),
    recordings: files.length,
  }
  await tx.query(`UPDATE application SET interview_id = NULL WHERE interview_id = $1`, [interviewId])
  await tx.query(
    `UPDATE interview SET erased_at = $2, status = CASE status WHEN 'decided' THEN status ELSE 'cancelled' END,
       token_hash = NULL, link_expires_at = NULL, ai_overall = NULL, overall = NULL, decision_reason = NULL
     WHERE id = $1`,
    [interviewId, now],
  )
  const trailEntries = await forgetInTrail(tx, interviewId)
  const [interview] = await tx.query<InterviewRow>(
    `UPDATE interview SET candidate_id = $2, candidate_name = $3, application_id = $2, version = version + 1
     WHERE id = $1 RETURNING ${interviewColumns}`,
    [interviewId, nobody, erasedName],
  )
  return {
    interview: one(interview ? [interview] : []),
    counts: { ...counts, trailEntries },
    fileIds: files.map(({ id }) => id),
  }
}

/** A trigger lets the trail of an erased interview lose exactly this; it still knows the candidate's id here. */
async function forgetInTrail(tx: Queryable, interviewId: string): Promise<number> {
  return removed(
    tx,
    `UPDATE audit_entry e SET before = e.before - 'reason', after = e.after - 'reason',
       actor_id = CASE WHEN e.actor_kind = 'candidate' OR e.actor_id = i.candidate_id::text
         THEN '${nobody}' ELSE e.actor_id END
     FROM interview i
     WHERE i.id = $1 AND e.interview_id = i.id
       AND (e.actor_kind = 'candidate' OR e.actor_id = i.candidate_id::text OR e.before ? 'reason' OR e.after ? 'reason')`,
    interviewId,
  )
}

/** Runs a statement and counts the rows it touched. */
async function removed(tx: Queryable, statement: string, interviewId: string): Promise<number> {
  return (await tx.query(`${statement} RETURNING 1 AS row`, [interviewId])).length
}

/** Who read or heard answers, as the trail tells also after a withdrawal. Before the interview is erased. */
export async function readersOf(tx: Queryable, interviewId: string): Promise<Reader[]> {
  return tx.query<Reader>(
    `SELECT 'analyst' AS role, after->>'analyst' AS name, after->>'model' AS model
     FROM audit_entry WHERE interview_id = $1 AND action = 'answer.analysed'
     UNION SELECT 'transcriber', after->>'engine', after->>'engineVersion'
     FROM audit_entry WHERE interview_id = $1 AND action IN ('transcription.begun', 'answer.transcribed')
     UNION SELECT 'transcriber', t.engine, t.engine_version
     FROM transcript t JOIN answer a ON a.id = t.answer_id WHERE a.interview_id = $1
     ORDER BY 1, 2, 3`,
    [interviewId],
  )
}

/** Interviews of a candidate that are not erased, some at a time. */
export async function interviewsOfCandidate(
  database: Queryable,
  candidateId: string,
  limit: number,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM interview WHERE candidate_id = $1 AND erased_at IS NULL ORDER BY id LIMIT $2`,
    [candidateId, limit],
  )
  return rows.map(({ id }) => id)
}

export async function isErased(tx: Queryable, interviewId: string): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 AS row FROM interview WHERE id = $1 AND erased_at IS NOT NULL`, [
    interviewId,
  ])
  return rows.length > 0
}
