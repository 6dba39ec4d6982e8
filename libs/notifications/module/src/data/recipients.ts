import type { Queryable } from '@cenopie/platform-database'

/** An address as of a version of the user; an older version never replaces a newer one, and nothing an erasure. */
export async function saveAddress(
  tx: Queryable,
  userId: string,
  email: string,
  version: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO recipient (user_id, email, email_version) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, email_version = excluded.email_version
     WHERE recipient.erased_at IS NULL
       AND (recipient.email IS NULL OR recipient.email_version < excluded.email_version)`,
    [userId, email, version],
  )
}

/** The name from registration; nothing changes it later. */
export async function saveName(tx: Queryable, userId: string, name: string): Promise<void> {
  await tx.query(
    `INSERT INTO recipient (user_id, name) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET name = excluded.name WHERE recipient.erased_at IS NULL`,
    [userId, name],
  )
}
