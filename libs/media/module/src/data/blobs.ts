import type { Database, Queryable } from '@cenopie/platform-database'
import type { ObjectStore } from '../storage/object-store.ts'

export const blobKey = (sha256: string) => `blobs/${sha256.slice(0, 2)}/${sha256}`

/**
 * Says that a file's bytes are the blob of this hash: from now on nobody removes that blob. False when the file is
 * gone. Doing it again changes nothing.
 */
export function claimBlob(
  database: Database,
  fileId: string,
  sha256: string,
  bytes: number,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [file] = await tx.query<{ sha256: string | null }>(
      `SELECT sha256 FROM file WHERE id = $1 AND status <> 'erasing' FOR UPDATE`,
      [fileId],
    )
    if (!file) return false
    if (file.sha256 !== null) return true
    await tx.query('UPDATE file SET sha256 = $2 WHERE id = $1', [fileId, sha256])
    await tx.query(
      `INSERT INTO blob (sha256, bytes, "references") VALUES ($1, $2, 1)
       ON CONFLICT (sha256) DO UPDATE SET "references" = blob."references" + 1`,
      [sha256, bytes],
    )
    return true
  })
}

/**
 * One file less has these bytes; how many still do. With none left the row goes too, and whoever claims the same hash
 * waits for the end of this transaction, to find that there is no object and write it: remove the object before.
 */
export async function dropReference(tx: Queryable, sha256: string): Promise<number> {
  const [row] = await tx.query<{ references: number }>(
    'UPDATE blob SET "references" = "references" - 1 WHERE sha256 = $1 RETURNING "references"',
    [sha256],
  )
  if (row && row.references > 0) return row.references
  await tx.query('DELETE FROM blob WHERE sha256 = $1', [sha256])
  return 0
}

/**
 * Removes bytes that were written after their last file had gone. Whoever claims the same hash meanwhile waits for the
 * row, then finds that the object is missing and writes it.
 */
export function removeUnreferenced(database: Database, store: ObjectStore, sha256: string): Promise<void> {
  return database.transaction(async (tx) => {
    // There may be no row: one is made to hold the lock.
    await tx.query(
      'INSERT INTO blob (sha256, bytes, "references") VALUES ($1, 0, 0) ON CONFLICT DO NOTHING',
      [sha256],
    )
    const [row] = await tx.query<{ references: number }>(
      'SELECT "references" FROM blob WHERE sha256 = $1 FOR UPDATE',
      [sha256],
    )
    if (!row || row.references > 0) return
    await store.remove(blobKey(sha256))
    await tx.query('DELETE FROM blob WHERE sha256 = $1', [sha256])
  })
}

/** Those of `hashes` that no row names. */
export async function unknownBlobs(database: Queryable, hashes: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ sha256: string }>(
    `SELECT sha256 FROM unnest($1::text[]) AS sha256 EXCEPT SELECT sha256 FROM blob WHERE sha256 = ANY($1)`,
    [hashes],
  )
  return rows.map(({ sha256 }) => sha256)
}
