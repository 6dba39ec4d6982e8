import type { Role } from '@cenopie/auth-contract'
import type { Queryable } from '@cenopie/platform-database'

export interface Invitation {
  id: string
  companyId: string
  email: string
  role: Role
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

const columns = `id, company_id AS "companyId", email, role, invited_by AS "invitedBy",
  created_at AS "createdAt", expires_at AS "expiresAt"`

/** The address must have none in this company: drop that first. */
export async function addInvitation(
  tx: Queryable,
  invitation: Invitation & { tokenHash: Buffer },
): Promise<void> {
  await tx.query(
    `INSERT INTO invitations (id, company_id, email, role, token_hash, invited_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      invitation.id,
      invitation.companyId,
      invitation.email,
      invitation.role,
      invitation.tokenHash,
      invitation.invitedBy,
      invitation.createdAt,
      invitation.expiresAt,
    ],
  )
}

/** An invitation that still holds. */
export async function findInvitation(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
): Promise<Invitation | undefined> {
  const [row] = await db.query<Invitation>(
    `SELECT ${columns} FROM invitations WHERE token_hash = $1 AND expires_at > $2`,
    [tokenHash, now],
  )
  return row
}

export async function dropInvitation(db: Queryable, companyId: string, invitationId: string): Promise<void> {
  await db.query('DELETE FROM invitations WHERE company_id = $1 AND id = $2', [companyId, invitationId])
}

export async function dropInvitationOf(tx: Queryable, companyId: string, email: string): Promise<void> {
  await tx.query('DELETE FROM invitations WHERE company_id = $1 AND email = $2', [companyId, email])
}
