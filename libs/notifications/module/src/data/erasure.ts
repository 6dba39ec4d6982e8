import type { Queryable } from '@cenopie/platform-database'

/**
 * Which of these users were erased. Deliveries share a lock per user that an erasure holds alone, so of the two one
 * always sees what the other wrote. Until the transaction ends.
 */
export async function erasedAmong(tx: Queryable, userIds: string[]): Promise<Set<string>> {
  // In one order for everybody, or two deliveries and two erasures could wait for each other in a ring.
  await tx.query(
    `SELECT pg_advisory_xact_lock_shared(${lockOf('id')})::text
     FROM (SELECT id FROM unnest($1::text[]) AS id ORDER BY id) AS ordered`,
    [userIds],
  )
  const rows = await tx.query<{ user_id: string }>(
    'SELECT user_id FROM recipient WHERE user_id = ANY($1::uuid[]) AND erased_at IS NOT NULL',
    [userIds],
  )
  return new Set(rows.map(({ user_id }) => user_id))
}

/**
 * Forgets a user: address, name and choices, their inbox and mail, and what was told to others about them. Mail of
 * their account that is still to go to the address its event named stays until it is sent: a warning that somebody
 * changed the password must not be stopped by whoever did.
 */
export async function forgetUser(tx: Queryable, userId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${lockOf('$1')})::text`, [userId])
  const [known] = await tx.query<{ email: string | null }>('SELECT email FROM recipient WHERE user_id = $1', [
    userId,
  ])
  await tx.query(
    `INSERT INTO recipient (user_id, erased_at) VALUES ($1, now())
     ON CONFLICT (user_id) DO UPDATE SET email = NULL, name = NULL, erased_at = excluded.erased_at`,
    [userId],
  )
  await tx.query('DELETE FROM notification WHERE user_id = $1 OR about_id = $1', [userId])
  await tx.query(
    `DELETE FROM mail WHERE about_id = $1 OR user_id = $1 AND address IS NULL
       OR (user_id = $1 OR recipient = $2) AND status IN ('sent', 'failed')`,
    [userId, known?.email ?? null],
  )
  await tx.query('DELETE FROM announcement WHERE about_id = $1', [userId])
  await tx.query('DELETE FROM preference WHERE user_id = $1', [userId])
}

const lockOf = (id: string) => `hashtextextended('notifications.user:' || ${id}, 0)`
