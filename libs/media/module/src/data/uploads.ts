import { firstSteps } from '../domain/steps.ts'
import type { Ticket } from '../domain/ticket.ts'
import { lockAccount, usageOf } from './usage.ts'
import type { Database, Queryable } from '@cenopie/platform-database'

export interface UploadRow {
  id: string
  fileId: string
  account: string
  bytes: number
  filename: string
  createdAt: Date
  expiresAt: Date
  completedAt: Date | null
}

export type Beginning =
  | { state: 'begun'; superseded: string | undefined }
  /** The ticket's file is complete, or was erased. */
  | { state: 'used' }
  | { state: 'full' }
  /** The account has as many open as it may. */
  | { state: 'crowded' }

export interface NewUpload {
  id: string
  ticket: Ticket
  account: string
  quotaBytes: number
  mostOpen: number
  bytes: number
  filename: string
  expiresAt: Date
}

/**
 * Begins the upload of a ticket's file. A ticket is good for one file: what an earlier creation with the same ticket
 * (whose answer its client never saw) has uploaded is dropped, unless it is complete or this one is refused.
 */
export function beginUpload(database: Database, upload: NewUpload): Promise<Beginning> {
  const { id, ticket, account, bytes, filename, expiresAt } = upload
  return database.transaction(async (tx) => {
    await lockAccount(tx, account)
    const [gone] = await tx.query('SELECT 1 FROM erased_file WHERE file_id = $1', [ticket.fileId])
    const [known] = await tx.query<{ status: string; bytes: number }>(
      'SELECT status, bytes FROM file WHERE id = $1 FOR UPDATE',
      [ticket.fileId],
    )
    if (gone || (known && known.status !== 'uploading')) return { state: 'used' }
    const { bytes: taken } = await usageOf(tx, account)
    if (taken - (known?.bytes ?? 0) + bytes > upload.quotaBytes) return { state: 'full' }
    if ((await otherOpenUploads(tx, account, ticket.fileId)) >= upload.mostOpen) return { state: 'crowded' }
    const [earlier] = await tx.query<{ id: string }>('DELETE FROM upload WHERE file_id = $1 RETURNING id', [
      ticket.fileId,
    ])
    if (known) await tx.query('DELETE FROM file WHERE id = $1', [ticket.fileId])
    const { owner, userId, companyId } = ticket
    await tx.query(
      `INSERT INTO file (id, status, purpose, owner_module, owner_kind, owner_id, user_id, company_id, account,
         filename, alt, bytes, max_seconds)
       VALUES ($1, 'uploading', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[
          ticket.fileId,
          ticket.purpose,
          owner.module,
          owner.kind,
          owner.id,
          userId ?? null,
          companyId ?? null,
        ],
        ...[account, filename, ticket.alt, bytes, ticket.maxSeconds ?? null],
      ],
    )
    await tx.query('INSERT INTO upload (id, file_id, bytes, expires_at) VALUES ($1, $2, $3, $4)', [
      ...[id, ticket.fileId, bytes, expiresAt],
    ])
    return { state: 'begun', superseded: earlier?.id }
  })
}

async function otherOpenUploads(tx: Queryable, account: string, fileId: string): Promise<number> {
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM file WHERE account = $1 AND status = 'uploading' AND id <> $2`,
    [account, fileId],
  )
  return count
}

const columns = `u.id, u.file_id AS "fileId", f.account, u.bytes, f.filename, u.created_at AS "createdAt",
  u.expires_at AS "expiresAt", u.completed_at AS "completedAt"`

const findStatement = {
  name: 'media_find_upload',
  text: `SELECT ${columns} FROM upload u JOIN file f ON f.id = u.file_id WHERE u.id = $1`,
}

export async function findUpload(database: Queryable, id: string): Promise<UploadRow | undefined> {
  return (await database.query<UploadRow>(findStatement, [id]))[0]
}

/** All bytes are there: the file is taken on, and may be kept from now on. False when that was done before, or the file is gone. */
export async function completeUpload(tx: Queryable, { id, fileId }: UploadRow): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE file SET status = 'processing', version = version + 1,
       unkept_since = CASE WHEN unkept_since IS NOT NULL THEN now() END
     WHERE id = $1 AND status = 'uploading' RETURNING 1`,
    [fileId],
  )
  if (moved.length === 0) return false
  await tx.query('UPDATE upload SET completed_at = now() WHERE id = $1', [id])
  await tx.query(
    `INSERT INTO step (file_id, name, status) SELECT $1, name, 'waiting' FROM unnest($2::text[]) AS name`,
    [fileId, firstSteps],
  )
  return true
}

/**
 * Uploads that nobody works on and whose time is over. A complete one leaves only its row, and that not before its bytes
 * are in the store: the row is the way to them.
 */
export function expiredUploads(database: Queryable, limit: number): Promise<UploadRow[]> {
  return database.query<UploadRow>(
    `SELECT ${columns} FROM upload u JOIN file f ON f.id = u.file_id
     WHERE u.expires_at <= now() AND (u.lock_until IS NULL OR u.lock_until < now())
       AND (u.completed_at IS NULL OR EXISTS (
         SELECT FROM step s WHERE s.file_id = u.file_id AND s.name = 'store' AND s.status = 'done'))
     ORDER BY u.expires_at LIMIT $1`,
    [limit],
  )
}

/** Uploads that are not complete, and that no request holds. */
export function openUploads(database: Queryable, after: string, limit: number): Promise<UploadRow[]> {
  return database.query<UploadRow>(
    `SELECT ${columns} FROM upload u JOIN file f ON f.id = u.file_id
     WHERE u.completed_at IS NULL AND u.id > $1 AND (u.lock_until IS NULL OR u.lock_until < now())
     ORDER BY u.id LIMIT $2`,
    [after, limit],
  )
}

/** The row of a complete upload has served its clients. */
export async function forgetUpload(database: Queryable, id: string): Promise<void> {
  await database.query('DELETE FROM upload WHERE id = $1 AND completed_at IS NOT NULL', [id])
}

/** Which of these uploads are known at all: what lies in the staging folder without a row is a leftover. */
export async function knownUploads(database: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await database.query<{ id: string }>('SELECT id FROM upload WHERE id = ANY($1::text[])', [ids])
  return new Set(rows.map(({ id }) => id))
}

/** The upload that became a file, until its row has served its clients. */
export async function findUploadOfFile(
  database: Queryable,
  fileId: string,
): Promise<{ id: string } | undefined> {
  return (await database.query<{ id: string }>('SELECT id FROM upload WHERE file_id = $1', [fileId]))[0]
}
