import type { Queryable } from '@cenopie/platform-database'

export interface ExpiredPosting {
  id: string
  companyId: string
  version: number
}

/** Turns up to `limit` published postings whose date has passed into expired ones and says which. */
export async function expireDue(tx: Queryable, limit: number): Promise<ExpiredPosting[]> {
  return tx.query<ExpiredPosting>(
    `UPDATE posting SET state = 'expired', version = version + 1, updated_at = now()
     WHERE id IN (SELECT id FROM posting WHERE state = 'published' AND expires_at <= now()
       ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, company_id AS "companyId", version`,
    [limit],
  )
}
