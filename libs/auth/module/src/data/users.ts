import type { Queryable } from '@cenopie/platform-database'

export interface User {
  id: string
  email: string
  name: string
  passwordHash: string
  emailVerifiedAt: Date | null
  version: number
}

const columns =
  'id, email, name, password_hash AS "passwordHash", email_verified_at AS "emailVerifiedAt", version'

/**
 * Adds a person, or finds the one who has the address. Both ways lock one row and return it, so that they cost the
 * same.
 */
export async function addUser(
  db: Queryable,
  user: { id: string; email: string; name: string; passwordHash: string },
  now: Date,
): Promise<User & { created: boolean }> {
  const [row] = await db.query<User & { created: boolean }>(
    // A fresh row was written by no other transaction: its xmax is 0.
    `INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (email) DO UPDATE SET email = excluded.email RETURNING ${columns}, (xmax = 0) AS created`,
    [user.id, user.email, user.name, user.passwordHash, now],
  )
  if (!row) throw new Error('an upsert gave no row')
  return row
}

export async function userByEmail(db: Queryable, email: string): Promise<User | undefined> {
  const [row] = await db.query<User>(
    { name: 'user_by_email', text: `SELECT ${columns} FROM users WHERE email = $1` },
    [email],
  )
  return row
}

export async function userById(db: Queryable, userId: string): Promise<User | undefined> {
  const [row] = await db.query<User>(`SELECT ${columns} FROM users WHERE id = $1`, [userId])
  return row
}

/** A person whose session has not ended: an access token may outlive its session by five minutes. */
export async function userOfLiveSession(
  db: Queryable,
  userId: string,
  sessionId: string,
  now: Date,
): Promise<User | undefined> {
  const [row] = await db.query<User>(
    `SELECT ${columns} FROM users u WHERE id = $1 AND EXISTS (
       SELECT 1 FROM sessions s WHERE s.id = $2 AND s.user_id = u.id AND s.revoked_at IS NULL AND s.expires_at > $3)`,
    [userId, sessionId, now],
  )
  return row
}

/** Keeps the row as it is until the transaction ends; whoever references it is not held up. */
export async function lockUser(tx: Queryable, userId: string): Promise<User | undefined> {
  const [row] = await tx.query<User>(`SELECT ${columns} FROM users WHERE id = $1 FOR NO KEY UPDATE`, [userId])
  return row
}

/** Confirms the address a person has; undefined when it was confirmed before. */
export async function verifyEmail(
  tx: Queryable,
  userId: string,
  email: string,
  now: Date,
): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `UPDATE users SET email_verified_at = $3, version = version + 1
     WHERE id = $1 AND email = $2 AND email_verified_at IS NULL RETURNING ${columns}`,
    [userId, email, now],
  )
  return row
}

/** Gives a person another address, confirmed. Violates `users_email_key` when somebody has it. */
export async function changeEmail(
  tx: Queryable,
  userId: string,
  email: string,
  now: Date,
): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `UPDATE users SET email = $2, email_verified_at = $3, version = version + 1 WHERE id = $1 RETURNING ${columns}`,
    [userId, email, now],
  )
  return row
}

/** Sets a password; with `expected`, only while that is the current hash. */
export async function setPassword(
  tx: Queryable,
  userId: string,
  passwordHash: string,
  expected?: string,
): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `UPDATE users SET password_hash = $2, version = version + 1
     WHERE id = $1 AND ($3::text IS NULL OR password_hash = $3) RETURNING ${columns}`,
    [userId, passwordHash, expected ?? null],
  )
  return row
}

/** Whether the owner may be told once more that somebody used their address; counts as told. */
export async function notice(tx: Queryable, userId: string, now: Date, notSince: Date): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE users SET noticed_at = $2 WHERE id = $1 AND (noticed_at IS NULL OR noticed_at <= $3) RETURNING 1`,
    [userId, now, notSince],
  )
  return rows.length > 0
}
