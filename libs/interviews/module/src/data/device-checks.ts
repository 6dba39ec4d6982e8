import type {
  DeviceCheck,
  DeviceCheckStatus,
  DeviceFindings,
  RecordedMode,
} from '@cenopie/interviews-contract'
import { newId, type Queryable } from '@cenopie/platform-database'

export interface DeviceCheckRow {
  id: string
  interviewId: string
  mode: RecordedMode
  fileId: string
  status: DeviceCheckStatus
  findings: DeviceFindings | null
  reason: string | null
  begunAt: Date
}

const columns = `id, interview_id AS "interviewId", mode, file_id AS "fileId", status, findings, reason,
  begun_at AS "begunAt"`

export async function countDeviceChecks(tx: Queryable, interviewId: string): Promise<number> {
  return (await tx.query(`SELECT 1 AS row FROM device_check WHERE interview_id = $1`, [interviewId])).length
}

/** Resolves to its id. */
export async function insertDeviceCheck(
  tx: Queryable,
  check: Pick<DeviceCheckRow, 'interviewId' | 'mode' | 'fileId' | 'begunAt'>,
): Promise<string> {
  const id = newId()
  await tx.query(
    `INSERT INTO device_check (id, interview_id, mode, file_id, status, begun_at)
     VALUES ($1, $2, $3, $4, 'begun', $5)`,
    [id, check.interviewId, check.mode, check.fileId, check.begunAt],
  )
  return id
}

/** One of the interview behind a personal link, by the hash of the link's token. */
export async function findDeviceCheck(
  database: Queryable,
  tokenHash: string,
  id: string,
): Promise<(DeviceCheckRow & { linkExpiresAt: Date | null }) | undefined> {
  const [row] = await database.query<DeviceCheckRow & { linkExpiresAt: Date | null }>(
    `SELECT c.*, i.link_expires_at AS "linkExpiresAt" FROM (SELECT ${columns} FROM device_check WHERE id = $2) c
     JOIN interview i ON i.id = c."interviewId" WHERE i.token_hash = $1`,
    [tokenHash, id],
  )
  return row
}

export async function deviceCheckOfFile(
  database: Queryable,
  fileId: string,
): Promise<DeviceCheckRow | undefined> {
  const [row] = await database.query<DeviceCheckRow>(
    `SELECT ${columns} FROM device_check WHERE file_id = $1`,
    [fileId],
  )
  return row
}

/** What may become of a check, whatever order its news come in; what is not here changes nothing. */
const before: Record<Exclude<DeviceCheckStatus, 'begun'>, DeviceCheckStatus[]> = {
  uploaded: ['begun'],
  failed: ['begun', 'uploaded'],
  checked: ['begun', 'uploaded', 'failed'],
}

/** False when there is no such check, or it has got further already. */
export async function advanceDeviceCheck(
  tx: Queryable,
  fileId: string,
  status: keyof typeof before,
  { findings, reason }: { findings?: DeviceFindings; reason?: string } = {},
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE device_check SET status = $2, findings = $3::jsonb, reason = $4
     WHERE file_id = $1 AND status = ANY($5) RETURNING 1 AS row`,
    [fileId, status, findings ? JSON.stringify(findings) : null, reason ?? null, before[status]],
  )
  return rows.length > 0
}

/** Deletes those that began before then, some at a time. Resolves to their files. */
export async function forgetDeviceChecks(
  tx: Queryable,
  before: Date,
  limit: number,
): Promise<{ interviewId: string; fileId: string }[]> {
  return tx.query<{ interviewId: string; fileId: string }>(
    `DELETE FROM device_check WHERE id IN
       (SELECT id FROM device_check WHERE begun_at < $1 ORDER BY begun_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING interview_id AS "interviewId", file_id AS "fileId"`,
    [before, limit],
  )
}

export function deviceCheckOf(
  row: Pick<DeviceCheckRow, 'id' | 'mode' | 'status' | 'begunAt' | 'reason' | 'findings'>,
): DeviceCheck {
  const { id, mode, status, begunAt, reason, findings } = row
  return {
    ...{ id, mode, status, begunAt: begunAt.toISOString() },
    ...(reason === null ? {} : { reason }),
    ...(findings === null ? {} : { findings }),
  }
}
