import type { NotificationSubject } from '@cenopie/notifications-contract'
import type { Queryable } from '@cenopie/platform-database'
import type { NotificationKind } from '../domain/kinds.ts'

/** News for the people who manage a company's hiring. Holds no secrets. */
export interface Announcement {
  entryId: string
  type: NotificationKind
  companyId: string
  occurredAt: Date
  facts: unknown
  subject: NotificationSubject
  /** Whom it names, if anybody. */
  about: string | undefined
  /** Who gets the mail, while managing; without one every manager does. */
  mailTo: string | undefined
  /** Who did it, and need not be told. */
  actedBy: string | undefined
}

export async function saveAnnouncement(tx: Queryable, announcement: Announcement): Promise<void> {
  const { entryId, type, companyId, occurredAt, facts, subject, about, mailTo, actedBy } = announcement
  await tx.query(
    `INSERT INTO announcement (entry_id, type, company_id, occurred_at, facts, subject, about_id, mail_to, acted_by)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9) ON CONFLICT (entry_id, type) DO NOTHING`,
    [
      entryId,
      type,
      companyId,
      occurredAt,
      JSON.stringify(facts),
      JSON.stringify(subject),
      about ?? null,
      mailTo ?? null,
      actedBy ?? null,
    ],
  )
}

interface Row {
  entry_id: string
  type: NotificationKind
  company_id: string
  occurred_at: Date
  facts: unknown
  subject: NotificationSubject
  about_id: string | null
  mail_to: string | null
  acted_by: string | null
}

/** What a company was told from one time on, up to another (not included) if there is one. */
export async function announcedSince(
  tx: Queryable,
  companyId: string,
  from: Date,
  before: Date | undefined,
): Promise<Announcement[]> {
  const rows = await tx.query<Row>(
    `SELECT entry_id, type, company_id, occurred_at, facts, subject, about_id, mail_to, acted_by
     FROM announcement
     WHERE company_id = $1 AND occurred_at >= $2 AND ($3::timestamptz IS NULL OR occurred_at < $3)
     ORDER BY occurred_at`,
    [companyId, from, before ?? null],
  )
  return rows.map((row) => ({
    entryId: row.entry_id,
    type: row.type,
    companyId: row.company_id,
    occurredAt: row.occurred_at,
    facts: row.facts,
    subject: row.subject,
    about: row.about_id ?? undefined,
    mailTo: row.mail_to ?? undefined,
    actedBy: row.acted_by ?? undefined,
  }))
}
