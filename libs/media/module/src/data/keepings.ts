import type { FileOwner } from '@cenopie/media-contract'
import type { Queryable } from '@cenopie/platform-database'

/** Records that an owner shows these files. False, and nothing recorded, unless all exist (for that uploader). */
export async function keep(
  tx: Queryable,
  { module, kind, id }: FileOwner,
  fileIds: readonly string[],
  uploadedBy: string | undefined,
): Promise<boolean> {
  const wanted = [...new Set(fileIds)]
  const found = await tx.query(
    `SELECT id FROM file WHERE id = ANY($1::uuid[]) AND status <> 'erasing' AND ($2::uuid IS NULL OR user_id = $2)
     ORDER BY id FOR UPDATE`,
    [wanted, uploadedBy ?? null],
  )
  if (found.length < wanted.length) return false
  await tx.query(
    `INSERT INTO keeping (file_id, owner_module, owner_kind, owner_id)
     SELECT id, $2, $3, $4 FROM unnest($1::uuid[]) AS id ON CONFLICT DO NOTHING`,
    [wanted, module, kind, id],
  )
  await tx.query('UPDATE file SET unkept_since = NULL WHERE id = ANY($1::uuid[])', [wanted])
  return true
}

/** Forgets that an owner shows these files (or any); what nothing keeps any more is an orphan from now on. */
export async function release(
  tx: Queryable,
  { module, kind, id }: FileOwner,
  fileIds: readonly string[] | undefined,
): Promise<void> {
  const released = await tx.query<{ id: string }>(
    `DELETE FROM keeping WHERE owner_module = $1 AND owner_kind = $2 AND owner_id = $3
       AND ($4::uuid[] IS NULL OR file_id = ANY($4)) RETURNING file_id AS id`,
    [module, kind, id, fileIds ?? null],
  )
  await tx.query(
    `UPDATE file f SET unkept_since = now() WHERE f.id = ANY($1::uuid[]) AND f.unkept_since IS NULL
       AND NOT EXISTS (SELECT FROM keeping k WHERE k.file_id = f.id)`,
    [released.map((row) => row.id)],
  )
}

/** Files uploaded for an owner, and those that it alone keeps. */
export async function filesOfOwner(
  database: Queryable,
  { module, kind, id }: FileOwner,
  limit: number,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM file WHERE owner_module = $1 AND owner_kind = $2 AND owner_id = $3
     UNION
     SELECT file_id FROM keeping k WHERE owner_module = $1 AND owner_kind = $2 AND owner_id = $3
       AND NOT EXISTS (SELECT FROM keeping o WHERE o.file_id = k.file_id
         AND (o.owner_module, o.owner_kind, o.owner_id) <> ($1, $2, $3))
     LIMIT $4`,
    [module, kind, id, limit],
  )
  return rows.map((row) => row.id)
}

/** Files that are whole or failed and that nothing has kept for `hours`, and those whose erasure was interrupted. */
export async function orphans(database: Queryable, hours: number, limit: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM file WHERE status = 'erasing'
       OR (unkept_since < now() - $1 * interval '1 hour' AND status NOT IN ('uploading', 'processing')) LIMIT $2`,
    [hours, limit],
  )
  return rows.map((row) => row.id)
}
