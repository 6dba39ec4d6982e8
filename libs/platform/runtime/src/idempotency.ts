import { createHash, randomUUID } from 'node:crypto'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'

/** A stored first answer. */
export interface Answer {
  status: number
  body: string | undefined
}

/** An unfinished row older than this, and than twice its request's time, is free whoever holds it. */
const lockSeconds = 60
const form = /^[\x21-\x7e]{1,255}$/

/**
 * PostgreSQL ends the sessions of a killed process at once, so a claim whose holder has none left is free. The lock's
 * end is for a machine that vanished: its sessions may seem alive for as long as TCP hopes.
 */
const claim = {
  name: 'idempotency_claim',
  text: `INSERT INTO idempotency_key AS k (scope, request, locked_until, claim, holder)
    VALUES ($1, $2, now() + $3 * interval '1 second', $4, current_setting('application_name'))
    ON CONFLICT (scope) DO UPDATE SET request = excluded.request, locked_until = excluded.locked_until,
        claim = excluded.claim, holder = excluded.holder, created_at = now(), status = NULL, body = NULL
      WHERE k.created_at < now() - interval '24 hours'
        OR (k.status IS NULL AND k.request = excluded.request AND (k.locked_until < now()
          OR (k.holder IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pg_stat_activity AS session
            WHERE session.usename = current_user AND session.application_name = k.holder))))
    RETURNING 1`,
}
const read = {
  name: 'idempotency_read',
  text: 'SELECT request, status, body FROM idempotency_key WHERE scope = $1',
}
const store = {
  name: 'idempotency_store',
  text: 'UPDATE idempotency_key SET status = $3, body = $4 WHERE scope = $1 AND claim = $2 RETURNING 1',
}
/** Not an answer: a COMMIT that was reported as failed may have happened. */
const forget = {
  name: 'idempotency_forget',
  text: 'DELETE FROM idempotency_key WHERE scope = $1 AND claim = $2 AND status IS NULL',
}

/**
 * Carries out a write at most once per key: the first answer is replayed for 24 hours, a different request with the
 * same key is refused, a second one in flight too. Refusals and failures are forgotten, so that a retry can succeed.
 * The answer is stored in the transaction that `work` ends with: after a crash at any moment a retry finds either both
 * or neither. Work that does more after its transaction is repeated when the crash comes in between.
 * Source: the IETF draft "The Idempotency-Key HTTP Header Field".
 */
export async function once(
  database: Database,
  request: { key: string; actor: Actor; target: string; input: unknown; longestMs: number; log: Logger },
  work: () => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  if (!form.test(request.key)) {
    throw invalid({ field: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' })
  }
  const who = request.actor.kind === 'user' ? request.actor.id : request.actor.kind
  const scope = digest([who, request.target, request.key])
  const fingerprint = digest(request.input)
  const seconds = Math.max(lockSeconds, Math.ceil(request.longestMs / 500))
  const attempt = randomUUID()
  const claimed = await database.query(claim, [scope, fingerprint, seconds, attempt])
  if (claimed.length === 0) return { ...(await earlier(database, scope, fingerprint)), replayed: true }
  try {
    const answer = await database.endWith(work, async (sql, { status, body }) => {
      const stored = sql.query(store, [scope, attempt, status, body ?? null])
      // The effect is there already, so the caller hears of it; a repeat must not happen for want of a stored answer.
      if (sql === database) {
        await stored.catch((error: unknown) =>
          request.log.warn({ err: error }, 'an answer was not stored for its Idempotency-Key'),
        )
        return
      }
      // Somebody else has the claim by now: what was done here is undone.
      if ((await stored).length === 0) throw new Fault(faults.idempotencyInFlight, { retryAfter: 1 })
    })
    return { ...answer, replayed: false }
  } catch (error) {
    await database.query(forget, [scope, attempt]).catch(() => {})
    throw error
  }
}

async function earlier(database: Database, scope: Buffer, fingerprint: Buffer): Promise<Answer> {
  type Row = { request: Buffer; status: number | null; body: string | null }
  const [row] = await database.query<Row>(read, [scope])
  if (row && !row.request.equals(fingerprint)) throw new Fault(faults.idempotencyKeyReused)
  if (!row || row.status === null) throw new Fault(faults.idempotencyInFlight, { retryAfter: 1 })
  return { status: row.status, body: row.body ?? undefined }
}

function digest(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest()
}

/** Deletes what nobody may replay any more. */
export const pruneIdempotencyKeys = `DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`
