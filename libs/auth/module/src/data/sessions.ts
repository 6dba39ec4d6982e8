import type { Queryable } from '@cenopie/platform-database'

export interface Session {
  id: string
  userId: string
  seed: Buffer
  generation: number
  rotatedAt: Date
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

export type RevokedReason = 'signed-out' | 'revoked' | 'password-changed' | 'reused' | 'crowded-out'

const columns = `id, user_id AS "userId", seed, generation, rotated_at AS "rotatedAt", created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt"`

/** Opens a session for whoever proved the password behind `passwordHash`; false when it was changed meanwhile. */
export async function addSession(
  tx: Queryable,
  session: {
    id: string
    userId: string
    seed: Buffer
    expiresAt: Date
    userAgent: string | undefined
    address: string | undefined
  },
  passwordHash: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    // The lock makes a password change wait, and then end this session with the others.
    `INSERT INTO sessions (id, user_id, seed, rotated_at, user_agent, address, created_at, last_seen_at, expires_at)
     SELECT $1::uuid, id, $3, $4::timestamptz, $5, $6, $4::timestamptz, $4::timestamptz, $7::timestamptz
     FROM users WHERE id = $2 AND password_hash = $8 FOR SHARE RETURNING 1`,
    [
      session.id,
      session.userId,
      session.seed,
      now,
      session.userAgent?.slice(0, 512) ?? null,
      session.address?.slice(0, 64) ?? null,
      session.expiresAt,
      passwordHash,
    ],
  )
  return rows.length > 0
}

/** Ends a person's sessions beyond the `keep` seen latest. */
export async function crowdOut(tx: Queryable, userId: string, keep: number, now: Date): Promise<void> {
  await tx.query(
    `UPDATE sessions SET revoked_at = $3, revoked_reason = 'crowded-out' WHERE id IN (
       SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL ORDER BY last_seen_at DESC, id DESC OFFSET $2)`,
    [userId, keep, now],
  )
}

/** The session, kept as it is until the transaction ends. */
export async function lockSession(tx: Queryable, sessionId: string): Promise<Session | undefined> {
  const [row] = await tx.query<Session>(
    { name: 'session_lock', text: `SELECT ${columns} FROM sessions WHERE id = $1 FOR UPDATE` },
    [sessionId],
  )
  return row
}

export async function rotateSession(
  tx: Queryable,
  sessionId: string,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  await tx.query(
    {
      name: 'session_rotate',
      text: `UPDATE sessions SET generation = generation + 1, rotated_at = $2, last_seen_at = $2, expires_at = $3
        WHERE id = $1`,
    },
    [sessionId, now, expiresAt],
  )
}

/** Ends one session of a person. Ending it again changes nothing; false when it is none of theirs. */
export async function revokeSession(
  db: Queryable,
  userId: string,
  sessionId: string,
  reason: RevokedReason,
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE sessions SET revoked_at = coalesce(revoked_at, $3), revoked_reason = coalesce(revoked_reason, $4)
     WHERE id = $1 AND user_id = $2 RETURNING 1`,
    [sessionId, userId, now, reason],
  )
  return rows.length > 0
}

/** Ends all of a person's sessions, but `keep` if given. */
export async function revokeSessions(
  db: Queryable,
  userId: string,
  reason: RevokedReason,
  now: Date,
  keep?: string,
): Promise<void> {
  await db.query(
    `UPDATE sessions SET revoked_at = $2, revoked_reason = $3
     WHERE user_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $4::uuid`,
    [userId, now, reason, keep ?? null],
  )
}
