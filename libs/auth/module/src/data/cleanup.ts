import type { Queryable } from '@cenopie/platform-database'

/** Deletes what has no use any more; each bound is the moment before which it has none. */
export async function cleanUp(
  db: Queryable,
  bounds: { now: Date; endedSessions: Date; devices: Date; attempts: Date },
): Promise<void> {
  await db.query('DELETE FROM mail_links WHERE expires_at <= $1', [bounds.now])
  await db.query('DELETE FROM invitations WHERE expires_at <= $1', [bounds.now])
  await db.query('DELETE FROM sessions WHERE expires_at <= $1', [bounds.endedSessions])
  await db.query('DELETE FROM known_devices WHERE last_seen_at <= $1', [bounds.devices])
  await db.query('DELETE FROM sign_in_throttles WHERE last_at <= $1', [bounds.attempts])
}
