import type { Queryable } from '@cenopie/platform-database'

export interface MembershipChange {
  companyId: string
  userId: string
  /** Null: left. */
  role: string | null
  /** Of the company: orders its members' events. */
  version: number
  occurredAt: Date
}

export interface Membership {
  role: string | null
  version: number
  changedAt: Date
}

/**
 * Announcements to a company share this lock, changes of its members hold it alone: of the two, one always sees what
 * the other wrote. Until the transaction ends.
 */
export async function lockCompany(
  tx: Queryable,
  companyId: string,
  mode: 'announce' | 'change',
): Promise<void> {
  const lock = mode === 'announce' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await tx.query(`SELECT ${lock}(hashtextextended('notifications.company:' || $1, 0))::text`, [companyId])
}

/** Returns the membership as it is afterwards: the change, or the newer one that was known already. */
export async function saveMember(tx: Queryable, change: MembershipChange): Promise<Membership> {
  const { companyId, userId, role, version, occurredAt } = change
  await tx.query(
    `INSERT INTO member (company_id, user_id, role, version, changed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (company_id, user_id) DO UPDATE
     SET role = excluded.role, version = excluded.version, changed_at = excluded.changed_at
     WHERE member.version < excluded.version`,
    [companyId, userId, role, version, occurredAt],
  )
  const [row] = await tx.query<{ role: string | null; version: number; changed_at: Date }>(
    'SELECT role, version, changed_at FROM member WHERE company_id = $1 AND user_id = $2',
    [companyId, userId],
  )
  if (!row) throw new Error('a member that was just saved is gone')
  return { role: row.role, version: row.version, changedAt: row.changed_at }
}

/** Everybody who is or was known as a member, with the role now. */
export async function membersOf(tx: Queryable, companyId: string): Promise<Map<string, string | null>> {
  const rows = await tx.query<{ user_id: string; role: string | null }>(
    'SELECT user_id, role FROM member WHERE company_id = $1',
    [companyId],
  )
  return new Map(rows.map(({ user_id, role }) => [user_id, role]))
}
