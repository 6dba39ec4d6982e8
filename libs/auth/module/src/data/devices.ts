import type { Queryable } from '@cenopie/platform-database'

/** Remembers a device. True when it is new to a person who has others: the very first one surprises nobody. */
export async function rememberDevice(
  tx: Queryable,
  userId: string,
  fingerprint: string,
  now: Date,
): Promise<boolean> {
  const [row] = await tx.query<{ surprising: boolean }>(
    `WITH others AS (SELECT 1 FROM known_devices WHERE user_id = $1 LIMIT 1)
     INSERT INTO known_devices (user_id, fingerprint, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $3)
     ON CONFLICT (user_id, fingerprint) DO UPDATE SET last_seen_at = excluded.last_seen_at
     RETURNING (xmax = 0) AND EXISTS (SELECT 1 FROM others) AS surprising`,
    [userId, fingerprint.slice(0, 160), now],
  )
  return row?.surprising ?? false
}
