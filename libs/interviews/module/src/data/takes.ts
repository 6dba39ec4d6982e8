import type { RecordedMode, Take, TakeStatus } from '@cenopie/interviews-contract'
import { newId, type Queryable } from '@cenopie/platform-database'

export interface TakeRow {
  interviewId: string
  questionId: string
  number: number
  mode: RecordedMode
  fileId: string
  status: TakeStatus
  late: boolean
  seconds: number | null
  reason: string | null
  begunAt: Date
  expiresAt: Date
}

const columns = `interview_id AS "interviewId", question_id AS "questionId", number, mode, file_id AS "fileId", status,
  late, seconds, reason, begun_at AS "begunAt", expires_at AS "expiresAt"`

/** Of all questions of an interview, the practice question among them; in order. */
export async function takesOf(database: Queryable, interviewId: string): Promise<TakeRow[]> {
  return database.query<TakeRow>(
    `SELECT ${columns} FROM take WHERE interview_id = $1 ORDER BY question_id, number`,
    [interviewId],
  )
}

/** The takes that the answer's interview has for its question; in order. */
export async function takesOfAnswer(database: Queryable, answerId: string): Promise<TakeRow[]> {
  return database.query<TakeRow>(
    `SELECT ${columns} FROM take WHERE (interview_id, question_id) IN
       (SELECT interview_id, question_id FROM answer WHERE id = $1) ORDER BY number`,
    [answerId],
  )
}

/** After the interview is locked: numbers are given one after another. Resolves to its number. */
export async function insertTake(
  tx: Queryable,
  take: Pick<TakeRow, 'interviewId' | 'questionId' | 'mode' | 'fileId' | 'begunAt' | 'expiresAt'>,
): Promise<number> {
  const [row] = await tx.query<{ number: number }>(
    `INSERT INTO take (id, interview_id, question_id, mode, file_id, begun_at, expires_at, status, number)
     SELECT $1, $2, $3, $4, $5, $6, $7, 'begun', coalesce(max(number), 0) + 1
     FROM take WHERE interview_id = $2 AND question_id = $3 RETURNING number`,
    [newId(), take.interviewId, take.questionId, take.mode, take.fileId, take.begunAt, take.expiresAt],
  )
  if (!row) throw new Error('a take has no number')
  return row.number
}

/** What may become of a take, whatever order its news come in; what is not here changes nothing. */
const before: Record<Exclude<TakeStatus, 'begun'>, TakeStatus[]> = {
  uploaded: ['begun'],
  failed: ['begun', 'uploaded', 'failed'],
  ready: ['begun', 'uploaded', 'failed'],
  erased: ['begun', 'uploaded', 'failed', 'ready'],
}

interface Advance {
  seconds?: number | undefined
  reason?: string | undefined
  /** From these statuses alone. */
  from?: TakeStatus[] | undefined
}

/** Undefined when there is no such take, or it has got further already. */
export async function advanceTake(
  tx: Queryable,
  fileId: string,
  status: keyof typeof before,
  { seconds, reason, from = before[status] }: Advance = {},
): Promise<TakeRow | undefined> {
  const [row] = await tx.query<TakeRow>(
    `UPDATE take SET status = $2, seconds = coalesce($3, seconds), reason = $4
     WHERE file_id = $1 AND status = ANY($5) AND (NOT late OR $2 = 'erased') RETURNING ${columns}`,
    [fileId, status, seconds ?? null, reason ?? null, from],
  )
  return row
}

/** At the submission: what has not arrived by now is no part of it. */
export async function closeTakes(tx: Queryable, interviewId: string, reason: string): Promise<void> {
  await tx.query(
    `UPDATE take SET status = 'failed', late = true, reason = $2 WHERE interview_id = $1 AND status = 'begun'`,
    [interviewId, reason],
  )
}

/** The files of takes that began and of which nothing was heard since, by the personal link. */
export async function filesUnderWay(database: Queryable, tokenHash: string): Promise<string[]> {
  const rows = await database.query<{ fileId: string }>(
    `SELECT t.file_id AS "fileId" FROM take t JOIN interview i ON i.id = t.interview_id
     WHERE i.token_hash = $1 AND t.status = 'begun' ORDER BY t.begun_at DESC LIMIT 100`,
    [tokenHash],
  )
  return rows.map(({ fileId }) => fileId)
}

/** The interview that a file was recorded for. */
export async function interviewOfFile(tx: Queryable, fileId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ interviewId: string }>(
    `SELECT interview_id AS "interviewId" FROM take WHERE file_id = $1`,
    [fileId],
  )
  return row?.interviewId
}

export function takeOf(row: Omit<TakeRow, 'interviewId' | 'questionId' | 'fileId' | 'late'>): Take {
  return {
    number: row.number,
    mode: row.mode,
    status: row.status,
    begunAt: row.begunAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ...(row.seconds === null ? {} : { seconds: row.seconds }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  }
}
