import {
  defaultRetentionDays,
  maxRetentionDays,
  minRetentionDays,
  type Retention,
} from '@cenopie/interviews-contract'
import { newId, type Queryable } from '@cenopie/platform-database'
import { interviewColumns, lockInterview, type InterviewRow } from './interview-row.ts'

/** Whoever waits for a template, or for a decision, waits in vain after this. */
const abandonedDays = 365
const abandonedAt = `coalesce(i.submitted_at, i.created_at) + make_interval(days => ${abandonedDays})`

/**
 * When an interview ended; null while it goes on. One without a decision goes on for long: its company still owes the
 * candidate an answer.
 */
const endedAt = `CASE
  WHEN i.status = 'decided' THEN i.decided_at
  WHEN i.status = 'cancelled' THEN coalesce(i.cancelled_at, i.submitted_at, i.deadline, i.created_at)
  WHEN i.status IN ('invited', 'in-progress') THEN CASE WHEN i.deadline <= $1 THEN i.deadline END
  WHEN ${abandonedAt} <= $1 THEN ${abandonedAt} END`

const daysOf = `coalesce((SELECT s.days FROM retention_setting s WHERE s.company_id = i.company_id
  ORDER BY s.id DESC LIMIT 1), ${defaultRetentionDays})`

/** A candidate who waits for a human review is answered first. */
const due = `i.erased_at IS NULL AND ${endedAt} <= $1::timestamptz - make_interval(days => ${daysOf})
  AND NOT EXISTS (SELECT 1 FROM human_review h WHERE h.interview_id = i.id AND h.outcome IS NULL)`

/** Interviews whose time is over, in the order of their ids; `after` is the last one of the batch before. */
export async function dueInterviews(
  database: Queryable,
  now: Date,
  limit: number,
  after: string,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT i.id FROM interview i WHERE ${due} AND i.id > $3 ORDER BY i.id LIMIT $2`,
    [now, limit, after],
  )
  return rows.map(({ id }) => id)
}

/**
 * Locked, if it is still due. That is asked after the lock: a statement that waited for it sees no request for a human
 * review that was made meanwhile.
 */
export async function lockDue(tx: Queryable, now: Date, id: string): Promise<InterviewRow | undefined> {
  await lockInterview(tx, id)
  const [row] = await tx.query<InterviewRow>(
    `SELECT ${interviewColumns} FROM interview i WHERE i.id = $2 AND ${due}`,
    [now, id],
  )
  return row
}

/** When the interview will be erased, by the present setting; undefined while that is not known. */
export async function retainedUntil(database: Queryable, now: Date, id: string): Promise<Date | undefined> {
  const [row] = await database.query<{ until: Date | null }>(
    `SELECT ${endedAt} + make_interval(days => ${daysOf}) AS until FROM interview i WHERE i.id = $2
       AND NOT EXISTS (SELECT 1 FROM human_review h WHERE h.interview_id = i.id AND h.outcome IS NULL)`,
    [now, id],
  )
  return row?.until ?? undefined
}

/** The setting of a company that is among `companies`, with its history. */
export async function findRetention(
  database: Queryable,
  companyId: string,
  companies: string[],
): Promise<Retention> {
  const rows = await database.query<{ days: number; setBy: string; at: Date }>(
    `SELECT days, set_by AS "setBy", at FROM retention_setting
     WHERE company_id = $1 AND company_id = ANY($2::uuid[]) ORDER BY id DESC LIMIT 100`,
    [companyId, companies],
  )
  const history = rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
  return { companyId, days: history[0]?.days ?? defaultRetentionDays, history }
}

/** Nothing is written when it is the same already. */
export async function insertRetention(
  tx: Queryable,
  companyId: string,
  days: number,
  by: string,
  now: Date,
): Promise<void> {
  if (days < minRetentionDays || days > maxRetentionDays) throw new Error(`${days} days is out of bounds`)
  // One setting of a company after another, so that the newest id is the newest word.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`retention ${companyId}`])
  await tx.query(
    `INSERT INTO retention_setting (id, company_id, days, set_by, at)
     SELECT $1, $2, $3, $4, $5 WHERE $3 IS DISTINCT FROM
       (SELECT days FROM retention_setting WHERE company_id = $2 ORDER BY id DESC LIMIT 1)`,
    [newId(), companyId, days, by, now],
  )
}
