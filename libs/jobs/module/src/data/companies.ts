import type { Queryable } from '@cenopie/platform-database'

export interface CompanyName {
  id: string
  name: string
  slug: string
}

/** Keeps what a company is called, unless something newer is known. Version 0 is older than any event. */
export async function rememberCompany(db: Queryable, company: CompanyName, version: number): Promise<void> {
  await db.query(
    `INSERT INTO company (id, name, slug, version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, slug = excluded.slug, version = excluded.version
     WHERE company.version < excluded.version`,
    [company.id, company.name, company.slug, version],
  )
}
