import type { Queryable } from '@cenopie/platform-database'

export type Purpose = 'verify-email' | 'change-email' | 'reset-password'

export interface MailLink {
  purpose: Purpose
  userId: string
  email: string
}

/**
 * Replaces a person's link of one kind; false, and nothing happens, when the last one was made after `notSince`.
 */
export async function replaceLink(
  tx: Queryable,
  link: MailLink & { tokenHash: Buffer; expiresAt: Date },
  now: Date,
  notSince: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO mail_links AS l (token_hash, purpose, user_id, email, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (user_id, purpose) DO UPDATE
       SET token_hash = excluded.token_hash, email = excluded.email,
           created_at = excluded.created_at, expires_at = excluded.expires_at
       WHERE l.created_at <= $7 RETURNING 1`,
    [link.tokenHash, link.purpose, link.userId, link.email, now, link.expiresAt, notSince],
  )
  return rows.length > 0
}

/** A link that still works. */
export async function findLink(db: Queryable, tokenHash: Buffer, now: Date): Promise<MailLink | undefined> {
  const [row] = await db.query<MailLink>(
    `SELECT purpose, user_id AS "userId", email FROM mail_links WHERE token_hash = $1 AND expires_at > $2`,
    [tokenHash, now],
  )
  return row
}

/** Uses a link up: of several at once, one gets it. */
export async function takeLink(
  tx: Queryable,
  tokenHash: Buffer,
  purposes: readonly Purpose[],
  now: Date,
): Promise<MailLink | undefined> {
  const [row] = await tx.query<MailLink>(
    `DELETE FROM mail_links WHERE token_hash = $1 AND purpose = ANY ($2::text[]) AND expires_at > $3
     RETURNING purpose, user_id AS "userId", email`,
    [tokenHash, purposes, now],
  )
  return row
}

export async function dropLinks(tx: Queryable, userId: string): Promise<void> {
  await tx.query('DELETE FROM mail_links WHERE user_id = $1', [userId])
}
