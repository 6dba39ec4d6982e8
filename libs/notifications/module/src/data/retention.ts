import type { Database } from '@cenopie/platform-database'

/**
 * Forgets what has served its purpose: what dead mail was to say (a day for an operator to replay it), mail whose
 * recipient never appeared and announcements for late members (30 days: far beyond any queue's delay), and the record
 * of finished mail (90 days; none for those who were erased: their account's last mail may have gone out since).
 */
export async function forgetOld(database: Database): Promise<void> {
  await database.query(
    `UPDATE mail SET facts = NULL WHERE status = 'failed' AND facts IS NOT NULL AND updated_at < now() - interval '1 day'`,
  )
  await database.query(
    `UPDATE mail SET status = 'failed', facts = NULL, updated_at = now(), response = 'the recipient never became known'
     WHERE status = 'waiting' AND updated_at < now() - interval '30 days'`,
  )
  await database.query(`DELETE FROM announcement WHERE occurred_at < now() - interval '30 days'`)
  await database.query(
    `DELETE FROM mail WHERE status IN ('sent', 'failed') AND facts IS NULL
       AND user_id IN (SELECT user_id FROM recipient WHERE erased_at IS NOT NULL)`,
  )
  await database.query(
    `DELETE FROM mail WHERE status IN ('sent', 'failed') AND updated_at < now() - interval '90 days'`,
  )
}
