import type { FileOwner } from '@cenopie/media-contract'
import type { Queryable } from '@cenopie/platform-database'

export interface ErasingFile {
  id: string
  owner: FileOwner
  sha256: string | null
  version: number
  uploadId: string | null
}

/** From now on nobody sees the file, nothing is made of it, and its erasure is finished whatever happens. */
export async function beginErasure(database: Queryable, fileId: string): Promise<ErasingFile | undefined> {
  const [row] = await database.query<ErasingFile>(
    `UPDATE file f SET status = 'erasing', version = CASE status WHEN 'erasing' THEN version ELSE version + 1 END
     WHERE f.id = $1 RETURNING f.id, f.sha256, f.version,
       json_build_object('module', f.owner_module, 'kind', f.owner_kind, 'id', f.owner_id) AS owner,
       (SELECT u.id FROM upload u WHERE u.file_id = f.id) AS "uploadId"`,
    [fileId],
  )
  return row
}

/** Its objects are gone: its rows follow. Undefined when another erasure was first; otherwise how many renditions. */
export async function finishErasure(tx: Queryable, fileId: string, at: Date): Promise<number | undefined> {
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'SELECT count(*) AS count FROM rendition WHERE file_id = $1',
    [fileId],
  )
  if ((await tx.query('DELETE FROM file WHERE id = $1 RETURNING 1', [fileId])).length === 0) return undefined
  await tx.query('INSERT INTO erased_file (file_id, erased_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    fileId,
    at,
  ])
  return count
}

/** Files erased in the hours from `fromHours` to `toHours` ago. */
export async function erasedBefore(
  database: Queryable,
  { fromHours, toHours }: { fromHours: number; toHours: number },
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT file_id AS id FROM erased_file
     WHERE erased_at BETWEEN now() - $1 * interval '1 hour' AND now() - $2 * interval '1 hour'`,
    [fromHours, toHours],
  )
  return rows.map(({ id }) => id)
}

/**
 * Files that a user uploaded for themselves. Those of a company stay, without their uploader: the module that they
 * belong to decides about them.
 */
export async function filesOfUser(tx: Queryable, userId: string): Promise<string[]> {
  await tx.query('UPDATE file SET user_id = NULL WHERE user_id = $1 AND company_id IS NOT NULL', [userId])
  const rows = await tx.query<{ id: string }>('SELECT id FROM file WHERE user_id = $1', [userId])
  return rows.map(({ id }) => id)
}
