import type { Role } from '@cenopie/auth-contract'
import type { Queryable } from '@cenopie/platform-database'

/** False when the person is a member already. */
export async function addMember(
  tx: Queryable,
  member: { companyId: string; userId: string; role: Role },
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO members (company_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [member.companyId, member.userId, member.role, now],
  )
  return rows.length > 0
}

export async function setRole(tx: Queryable, companyId: string, userId: string, role: Role): Promise<void> {
  await tx.query('UPDATE members SET role = $3 WHERE company_id = $1 AND user_id = $2', [
    companyId,
    userId,
    role,
  ])
}

export async function dropMember(tx: Queryable, companyId: string, userId: string): Promise<void> {
  await tx.query('DELETE FROM members WHERE company_id = $1 AND user_id = $2', [companyId, userId])
}

export async function countOwners(tx: Queryable, companyId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM members WHERE company_id = $1 AND role = 'owner'`,
    [companyId],
  )
  return row?.count ?? 0
}

/** Members and open invitations together: what counts against the size of a company. */
export async function countSeats(tx: Queryable, companyId: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT ((SELECT count(*) FROM members WHERE company_id = $1) +
       (SELECT count(*) FROM invitations WHERE company_id = $1 AND expires_at > $2))::int AS count`,
    [companyId, now],
  )
  return row?.count ?? 0
}

export async function isMemberByEmail(tx: Queryable, companyId: string, email: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT 1 FROM members m JOIN users u ON u.id = m.user_id WHERE m.company_id = $1 AND u.email = $2',
    [companyId, email],
  )
  return rows.length > 0
}
