import type { NotificationSubject } from '@cenopie/notifications-contract'
import { newId } from '@cenopie/platform-database'
import type { Queryable } from '@cenopie/platform-database'
import type { NotificationKind } from '../domain/kinds.ts'

export interface InAppRow {
  entryId: string
  type: NotificationKind
  title: string
  body: string
  subject: NotificationSubject
  about: string | undefined
}

export interface MailRow {
  entryId: string
  type: NotificationKind
  /** Checked by the template; may hold a secret until the mail is sent. */
  facts: unknown
  about: string | undefined
}

/** Where a mail goes. Without an address, to the one the user has at the time of sending. */
export interface MailTo {
  userId?: string | undefined
  address?: string | undefined
}

/** One line per user; those who have it already keep theirs. */
export async function addToInboxes(db: Queryable, userIds: string[], row: InAppRow): Promise<void> {
  await db.query(
    `INSERT INTO notification (id, user_id, entry_id, type, title, body, subject, about_id)
     SELECT fresh.id, fresh.user_id, $3, $4, $5, $6, $7::jsonb, $8
     FROM unnest($1::uuid[], $2::uuid[]) AS fresh (id, user_id)
     ON CONFLICT (user_id, entry_id, type) DO NOTHING`,
    [
      userIds.map(newId),
      userIds,
      row.entryId,
      row.type,
      row.title,
      row.body,
      JSON.stringify(row.subject),
      row.about ?? null,
    ],
  )
}

/** Returns the new mail's id, or undefined when this recipient has this mail already. */
export async function addMail(db: Queryable, to: MailTo, row: MailRow): Promise<string | undefined> {
  const [added] = await db.query<{ id: string }>(
    `INSERT INTO mail (id, entry_id, recipient, user_id, address, type, facts, about_id, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, 'queued')
     ON CONFLICT (entry_id, recipient, type) DO NOTHING
     RETURNING id`,
    [
      newId(),
      row.entryId,
      to.userId ?? to.address,
      to.userId ?? null,
      to.address ?? null,
      row.type,
      JSON.stringify(row.facts),
      row.about ?? null,
    ],
  )
  return added?.id
}
