import type { Role } from '@cenopie/auth-contract'
import type { Queryable } from '@cenopie/platform-database'

export interface Company {
  id: string
  name: string
  slug: string
  version: number
  createdAt: Date
}

const columns = 'id, name, slug, version, created_at AS "createdAt"'

/** Adds a company; undefined when the slug is taken. */
export async function addCompany(
  tx: Queryable,
  company: { id: string; name: string; slug: string },
  now: Date,
): Promise<Company | undefined> {
  const [row] = await tx.query<Company>(
    `INSERT INTO companies (id, name, slug, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (slug) DO NOTHING RETURNING ${columns}`,
    [company.id, company.name, company.slug, now],
  )
  return row
}

/**
 * Locks a company that `userId` belongs to: changes of one company happen one after the other. Read roles only after
 * this, in statements of their own, which see what was committed while this one waited.
 */
export async function lockCompanyOf(
  tx: Queryable,
  companyId: string,
  userId: string,
): Promise<Company | undefined> {
  const [row] = await tx.query<Company>(
    `SELECT ${columns} FROM companies c WHERE id = $1
       AND EXISTS (SELECT 1 FROM members m WHERE m.company_id = c.id AND m.user_id = $2) FOR UPDATE`,
    [companyId, userId],
  )
  return row
}

/** For somebody who is not a member yet but holds an invitation. */
export async function lockCompany(tx: Queryable, companyId: string): Promise<Company | undefined> {
  const [row] = await tx.query<Company>(`SELECT ${columns} FROM companies WHERE id = $1 FOR UPDATE`, [
    companyId,
  ])
  return row
}

/** Moves the version, with another name if given. */
export async function touchCompany(tx: Queryable, companyId: string, name?: string): Promise<Company> {
  const [row] = await tx.query<Company>(
    `UPDATE companies SET version = version + 1, name = coalesce($2, name) WHERE id = $1 RETURNING ${columns}`,
    [companyId, name ?? null],
  )
  if (!row) throw new Error('a locked company is gone')
  return row
}

export async function roleIn(db: Queryable, companyId: string, userId: string): Promise<Role | undefined> {
  const [row] = await db.query<{ role: Role }>(
    'SELECT role FROM members WHERE company_id = $1 AND user_id = $2',
    [companyId, userId],
  )
  return row?.role
}
