import type { Role } from '@cenopie/auth-contract'
import type { Queryable } from '@cenopie/platform-database'

/** What an access token says of a person. */
export interface TokenSubject {
  userId: string
  emailVerified: boolean
  /** Company id → role. */
  memberships: Record<string, Role>
}

export async function tokenSubject(db: Queryable, userId: string): Promise<TokenSubject | undefined> {
  const [row] = await db.query<TokenSubject>(
    {
      name: 'token_subject',
      text: `SELECT u.id AS "userId", u.email_verified_at IS NOT NULL AS "emailVerified",
          coalesce((SELECT jsonb_object_agg(m.company_id, m.role) FROM members m WHERE m.user_id = u.id), '{}')
            AS memberships
        FROM users u WHERE u.id = $1`,
    },
    [userId],
  )
  return row
}

/** Call with the person's row locked: otherwise two at once pass the limit together. */
export async function countMemberships(tx: Queryable, userId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM members WHERE user_id = $1',
    [userId],
  )
  return row?.count ?? 0
}
