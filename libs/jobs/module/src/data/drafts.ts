import type { CompanyPosting, jobsContract } from '@cenopie/jobs-contract'
import type { Received } from '@cenopie/platform-contract'
import type { NamedStatement, Queryable } from '@cenopie/platform-database'
import type { CompanyName } from './companies.ts'

type Draft = Received<(typeof jobsContract)['operations']['createPosting']>

const insert: NamedStatement = {
  name: 'draft_insert',
  text: `INSERT INTO posting (id, company_id, title, description, location, workplace, employment, skills,
      pay_currency, pay_min, pay_max, pay_period, questions, expires_at, created_by, created_at, updated_at, state, version)
    SELECT $1::uuid, c.id, $3, $4, $5, $6, $7, $8::text[], $9, $10::int, $11::int, $12, $13::jsonb, $14::timestamptz,
      $15::uuid, $16::timestamptz, $16::timestamptz, 'draft', 1
    FROM company c WHERE c.id = $2::uuid
    RETURNING (SELECT c.name FROM company c WHERE c.id = company_id) AS name,
      (SELECT c.slug FROM company c WHERE c.id = company_id) AS slug`,
}

/** Writes a draft and answers it as stored; undefined when the company is not known here (yet). */
export async function insertDraft(
  tx: Queryable,
  id: string,
  { companyId, pay, expiresAt, ...draft }: Draft,
  author: string,
  now: Date,
): Promise<CompanyPosting | undefined> {
  const expires = expiresAt === undefined ? undefined : new Date(expiresAt)
  const [company] = await tx.query<Pick<CompanyName, 'name' | 'slug'>>(insert, [
    id,
    companyId,
    draft.title,
    draft.description,
    draft.location,
    draft.workplace,
    draft.employment,
    draft.skills,
    pay?.currency,
    pay?.min,
    pay?.max,
    pay?.period,
    JSON.stringify(draft.questions),
    expires,
    author,
    now,
  ])
  if (!company) return undefined
  const at = now.toISOString()
  return {
    id,
    companyId,
    companyName: company.name,
    companySlug: company.slug,
    ...draft,
    ...(pay && { pay }),
    ...(expires && { expiresAt: expires.toISOString() }),
    state: 'draft',
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
}
