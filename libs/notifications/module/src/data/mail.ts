import type { Database, Queryable } from '@cenopie/platform-database'
import type { NotificationKind } from '../domain/kinds.ts'

/** A mail that may be sent, with the recipient as far as it is known. */
export interface PendingMail {
  id: string
  type: NotificationKind
  userId: string | undefined
  address: string | undefined
  name: string | undefined
  /** Null once cleared: the mail can no longer be written. */
  facts: unknown
  createdAt: Date
}

interface Row {
  id: string
  type: NotificationKind
  user_id: string | null
  address: string | null
  name: string | null
  facts: unknown
  created_at: Date
}

/** The life of a mail: queued → sending → sent or failed, or waiting until its recipient is known. */
export function mailStore(database: Database) {
  return {
    /** Undefined when it was sent already, or does not exist. A failed one is tried again: an operator replayed it. */
    async begin(id: string): Promise<PendingMail | undefined> {
      const [row] = await database.query<Row>(
        `UPDATE mail SET status = 'sending', updated_at = now()
         FROM mail AS before LEFT JOIN recipient ON recipient.user_id = before.user_id
         WHERE mail.id = $1 AND before.id = mail.id AND mail.status <> 'sent'
         RETURNING mail.id, mail.type, mail.user_id, coalesce(mail.address, recipient.email) AS address,
                   recipient.name, mail.facts, mail.created_at`,
        [id],
      )
      return row && fromRow(row)
    },

    /**
     * One statement, committed by itself: between the server's yes and this write a crash would send the mail again,
     * so nothing else may take time there. Secrets go with it.
     */
    async sent(id: string, response: string): Promise<void> {
      await database.query(
        `UPDATE mail SET status = 'sent', sent_at = now(), updated_at = now(), response = $2, facts = NULL
         WHERE id = $1`,
        [id, response],
      )
    },

    /** Refused for good. */
    async refused(id: string, reason: string): Promise<void> {
      await database.query(
        `UPDATE mail SET status = 'failed', updated_at = now(), response = $2, facts = NULL
         WHERE id = $1 AND status <> 'sent'`,
        [id, reason],
      )
    },

    /** Not now; the task tries again. */
    async deferred(id: string, reason: string): Promise<void> {
      await database.query(
        `UPDATE mail SET status = 'queued', updated_at = now(), response = $2 WHERE id = $1 AND status = 'sending'`,
        [id, reason],
      )
    },
  }
}

export type MailStore = ReturnType<typeof mailStore>

/** All tries failed. What is needed to write it stays for a while, so that an operator can replay it. */
export async function gaveUp(tx: Queryable, id: string, reason: string): Promise<void> {
  await tx.query(
    `UPDATE mail SET status = 'failed', updated_at = now(), response = $2 WHERE id = $1 AND status <> 'sent'`,
    [id, reason],
  )
}

/**
 * Lets a mail wait for its recipient's address. Returns false when the address has become known meanwhile. The empty
 * recipient row is the lock: whoever brings the address either waits for this transaction or is seen by it.
 */
export async function waitForAddress(tx: Queryable, id: string, userId: string): Promise<boolean> {
  await tx.query('INSERT INTO recipient (user_id) VALUES ($1) ON CONFLICT (user_id) DO NOTHING', [userId])
  const [recipient] = await tx.query<{ email: string | null }>(
    'SELECT email FROM recipient WHERE user_id = $1 FOR UPDATE',
    [userId],
  )
  if (recipient?.email) return false
  await tx.query(
    `UPDATE mail SET status = 'waiting', updated_at = now() WHERE id = $1 AND status <> 'sent'`,
    [id],
  )
  return true
}

/** The user's address has become known. Returns the mails to send now. */
export async function wakeMailOf(tx: Queryable, userId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE mail SET status = 'queued', updated_at = now() WHERE user_id = $1 AND status = 'waiting' RETURNING id`,
    [userId],
  )
  return rows.map(({ id }) => id)
}

function fromRow(row: Row): PendingMail {
  return {
    id: row.id,
    type: row.type,
    userId: row.user_id ?? undefined,
    address: row.address ?? undefined,
    name: row.name ?? undefined,
    facts: row.facts,
    createdAt: row.created_at,
  }
}
