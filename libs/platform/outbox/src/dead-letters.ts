import type { Queryable, Database } from '@cenopie/platform-database'

export interface DeadLetter {
  id: string
  consumer: string
  kind: 'event' | 'task'
  name: string
  reason: string
  diedAt: Date
}

/** One module's dead letters, newest first. */
export async function listDeadLetters(database: Queryable, limit = 100): Promise<DeadLetter[]> {
  return database.query<DeadLetter>(
    `SELECT id, consumer, kind, name, reason, died_at AS "diedAt" FROM dead_letter ORDER BY died_at DESC LIMIT $1`,
    [limit],
  )
}

/**
 * Puts a dead letter back, under its old id, for the one consumer that gave up on it: a task for the module itself,
 * an event for its reaction. Returns false if there is no such dead letter.
 */
export async function replay(database: Database, id: string, consumer: string): Promise<boolean> {
  const moved = await database.query(
    `WITH dead AS (DELETE FROM dead_letter WHERE id = $1 AND consumer = $2 RETURNING *)
    INSERT INTO outbox_entry (id, kind, name, version, entity_id, entity_version, payload, meta, pending, fair_key, created_at)
      SELECT id, kind, name, (entry->>'version')::int, entry->'entity'->>'id', (entry->'entity'->>'version')::bigint,
        entry->'payload', entry->'meta', ARRAY[consumer], entry->>'fairKey',
        coalesce((entry->>'occurredAt')::timestamptz, now()) FROM dead
    RETURNING 1`,
    [id, consumer],
  )
  return moved.length > 0
}

/** Gives up on a dead letter for good. Returns false if there is none. */
export async function discard(database: Queryable, id: string, consumer: string): Promise<boolean> {
  const gone = await database.query(`DELETE FROM dead_letter WHERE id = $1 AND consumer = $2 RETURNING 1`, [
    id,
    consumer,
  ])
  return gone.length > 0
}
