import { createHash } from 'node:crypto'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'

/** A stored first answer. */
export interface Answer {
  status: number
  body: string | undefined
}

/** An unfinished row older than this, and than twice its request's time, belongs to a process that died. */
const lockSeconds = 60
const form = /^[\x21-\x7e]{1,255}$/

const claim = {
  name: 'idempotency_claim',
  text: `INSERT INTO idempotency_key AS k (scope, request, locked_until)
    VALUES ($1, $2, now() + $3 * interval '1 second')
    ON CONFLICT (scope) DO UPDATE SET request = excluded.request, locked_until = excluded.locked_until,
        created_at = now(), status = NULL, body = NULL
      WHERE k.created_at < now() - interval '24 hours'
        OR (k.status IS NULL AND k.locked_until < now() AND k.request = excluded.request)
    RETURNING 1`,
}
const read = {
  name: 'idempotency_read',
  text: 'SELECT request, status, body FROM idempotency_key WHERE scope = $1',
}
const store = {
  name: 'idempotency_store',
  text: 'UPDATE idempotency_key SET status = $2, body = $3 WHERE scope = $1',
}
const forget = { name: 'idempotency_forget', text: 'DELETE FROM idempotency_key WHERE scope = $1' }

/**
 * Carries out a write at most once per key: the first answer is replayed for 24 hours, a different request with the
 * same key is refused, a second one in flight too. Refusals and failures are forgotten, so that a retry can succeed.
 * After a crash between the effect and the stored answer a retry is carried out again, once the lock has run out.
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
  const claimed = await database.query(claim, [scope, fingerprint, seconds])
  if (claimed.length === 0) return { ...(await earlier(database, scope, fingerprint)), replayed: true }
  const answer = await work().catch(async (error: unknown) => {
    await database.query(forget, [scope]).catch(() => {})
    throw error
  })
  // The effect is there, so the caller hears of it; a repeat must not happen for want of a stored answer.
  await database
    .query(store, [scope, answer.status, answer.body ?? null])
    .catch((error: unknown) =>
      request.log.warn({ err: error }, 'an answer was not stored for its Idempotency-Key'),
    )
  return { ...answer, replayed: false }
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
