import type { Accommodation, Alternative } from '@cenopie/interviews-contract'
import type { Queryable } from '@cenopie/platform-database'

export interface AccommodationRow {
  timeFactor: number
  inWriting: boolean
  humanProcess: boolean
  note: string
  requestedAt: Date
}

const columns = `time_factor AS "timeFactor", in_writing AS "inWriting", human_process AS "humanProcess", note,
  requested_at AS "requestedAt"`

/** What a candidate has who asked for nothing. */
export const noAccommodation = { timeFactor: 1, inWriting: false, humanProcess: false, note: '' }

export async function findAccommodation(
  database: Queryable,
  interviewId: string,
): Promise<AccommodationRow | undefined> {
  const [row] = await database.query<AccommodationRow>(
    `SELECT ${columns} FROM accommodation WHERE interview_id = $1`,
    [interviewId],
  )
  return row
}

export async function keepAccommodation(
  tx: Queryable,
  interviewId: string,
  row: AccommodationRow,
): Promise<void> {
  await tx.query(
    `INSERT INTO accommodation (interview_id, time_factor, in_writing, human_process, note, requested_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (interview_id) DO UPDATE SET time_factor = excluded.time_factor, in_writing = excluded.in_writing,
       human_process = excluded.human_process, note = excluded.note, requested_at = excluded.requested_at`,
    [interviewId, row.timeFactor, row.inWriting, row.humanProcess, row.note, row.requestedAt],
  )
}

/** What was asked for, by kind. */
export function alternativesOf({
  timeFactor,
  inWriting,
  humanProcess,
}: Omit<AccommodationRow, 'requestedAt'>): Alternative[] {
  return [
    ...(timeFactor > 1 ? ['more-time' as const] : []),
    ...(inWriting ? ['in-writing' as const] : []),
    ...(humanProcess ? ['human-process' as const] : []),
  ]
}

export function accommodationOf({ requestedAt, ...row }: AccommodationRow): Accommodation {
  const { timeFactor, inWriting, humanProcess, note } = row
  return { timeFactor, inWriting, humanProcess, note, requestedAt: requestedAt.toISOString() }
}
