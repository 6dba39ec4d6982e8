import type { EntryMeta } from './entry.ts'

/** A row of `outbox_entry`, as far as the relay and the workers read it. */
export interface Row {
  id: string
  kind: 'event' | 'task'
  name: string
  version: number
  entity_id: string | null
  entity_version: string | number | null
  payload: unknown
  meta: EntryMeta
  created_at: Date
  pending: string[] | null
  starts: number
  failures: number
  fair_key: string | null
  turn: number | null
}

const columns =
  'id, kind, name, version, entity_id, entity_version, payload, meta, created_at, pending, starts, failures, fair_key, turn'
const qualified = columns.replace(/\w+/g, 'e.$&')

const insert = `INSERT INTO outbox_entry
  (id, kind, name, version, entity_id, entity_version, payload, meta, run_at, pending, fair_key, key)
  VALUES ($1::uuid, $2, $3, $4::int, $5, $6::bigint, $7::jsonb, $8::jsonb, coalesce($9::timestamptz, now()), $10::text[], $11, $12)`

export const insertEntry = { name: 'outbox_insert', text: insert }

export const insertKeyed = {
  name: 'outbox_insert_keyed',
  text: `${insert} ON CONFLICT (name, key) WHERE key IS NOT NULL DO NOTHING`,
}

/** `versionKey` of an entry, as subscriptions name it. */
const versionKey = `CASE e.version WHEN 1 THEN e.name ELSE e.name || '@' || e.version END`

/** Events that nobody subscribes to need no way through the queue. */
export const dropUnwanted = {
  name: 'outbox_drop_unwanted',
  text: `DELETE FROM outbox_entry WHERE id IN (
    SELECT id FROM outbox_entry e WHERE relayed_at IS NULL AND kind = 'event' AND pending IS NULL
      AND NOT EXISTS (SELECT FROM outbox_subscription s WHERE s.event = ${versionKey})
    FOR UPDATE SKIP LOCKED)`,
}

/** Claims a batch that waits and is due, and says who must confirm each entry. */
export const takeBatch = {
  name: 'outbox_take',
  text: `WITH batch AS (
      SELECT id FROM outbox_entry WHERE relayed_at IS NULL AND run_at <= now()
      ORDER BY run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
    UPDATE outbox_entry e SET relayed_at = now(), relays = e.relays + 1,
      pending = coalesce(e.pending,
        (SELECT array_agg(s.consumer) FROM outbox_subscription s WHERE s.event = ${versionKey}), '{}')
    FROM batch WHERE e.id = batch.id RETURNING ${qualified}`,
}

/** One relay of a module at a time gives turns: two that did not see each other's would give each turn twice. */
export const lockTurns = {
  name: 'outbox_lock_turns',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('cenopie turns of ' || current_schema, 0))`,
}

/**
 * Start-time fair queueing: a key's next turn follows its last one that waits; a key of which nothing waits gets the turn
 * that is now being served, the lowest. Entries of a key keep their order. BETWEEN says equal, and leaves the planner only
 * the index by key: by turn, it would read through everybody else's entries.
 */
export const giveTurns = {
  name: 'outbox_give_turns',
  text: `WITH fresh AS (
      SELECT id, name, fair_key, row_number() OVER (PARTITION BY name, fair_key ORDER BY run_at, id) AS place
      FROM outbox_entry WHERE id = ANY ($1::uuid[])),
    lowest AS MATERIALIZED (
      SELECT name, (SELECT min(w.turn) FROM outbox_entry w
        WHERE w.name = f.name AND w.turn IS NOT NULL AND w.lease_until IS NULL) AS turn
      FROM (SELECT DISTINCT name FROM fresh) f),
    firsts AS MATERIALIZED (
      SELECT name, fair_key, greatest(1, lowest.turn,
        (SELECT w.turn + 1 FROM outbox_entry w
          WHERE w.name = k.name AND w.fair_key BETWEEN k.fair_key AND k.fair_key
            AND w.turn IS NOT NULL AND w.lease_until IS NULL
          ORDER BY w.fair_key DESC, w.turn DESC LIMIT 1)) AS first
      FROM (SELECT DISTINCT name, fair_key FROM fresh) k JOIN lowest USING (name))
    UPDATE outbox_entry e SET turn = firsts.first + fresh.place - 1
    FROM fresh JOIN firsts USING (name, fair_key) WHERE e.id = fresh.id RETURNING e.id, e.turn`,
}

/** Consumers $2 confirmed entries $1, pairwise. An entry may be confirmed by several consumers in one batch. */
export const confirm = {
  name: 'outbox_confirm',
  text: `WITH acks AS (
      SELECT id, array_agg(consumer) AS consumers FROM unnest($1::uuid[], $2::text[]) AS a (id, consumer) GROUP BY id),
    finished AS (
      DELETE FROM outbox_entry e USING acks WHERE e.id = acks.id AND e.kind = 'event' AND e.pending <@ acks.consumers)
    UPDATE outbox_entry e SET pending = (SELECT array_agg(p) FROM unnest(e.pending) AS p WHERE p <> ALL (acks.consumers))
    FROM acks WHERE e.id = acks.id AND e.kind = 'event' AND NOT e.pending <@ acks.consumers`,
}

/** Entries whose queue job may have been lost go back to the relay, ever more rarely: 1, 2, 4 … 64 minutes. */
export const sweep = {
  name: 'outbox_sweep',
  text: `UPDATE outbox_entry SET relayed_at = NULL
    WHERE relayed_at < now() - interval '1 minute' * (2 ^ least(relays - 1, 6))
      AND (lease_until IS NULL OR lease_until < now())`,
}

/** Redis came up empty: everything that was handed to it goes back to the relay. */
export const returnAll = 'UPDATE outbox_entry SET relayed_at = NULL WHERE relayed_at IS NOT NULL'

export const claimTask = {
  name: 'outbox_claim_task',
  text: `UPDATE outbox_entry SET lease_owner = $2::uuid, lease_until = now() + $3 * interval '1 second', starts = starts + 1
    WHERE id = $1::uuid AND version = ANY ($4::int[]) AND (lease_until IS NULL OR lease_until < now())
      AND NOT EXISTS (SELECT FROM outbox_pause p WHERE p.task = name)
    RETURNING ${columns}`,
}

/** Why an entry cannot be claimed, and for how long its lease holds. */
export const leaseOf = {
  name: 'outbox_lease_of',
  text: `SELECT greatest(extract(epoch FROM lease_until - now()), 0)::float AS seconds, version,
      EXISTS (SELECT FROM outbox_pause p WHERE p.task = name) AS paused
    FROM outbox_entry WHERE id = $1::uuid`,
}

export const renewLease = {
  name: 'outbox_renew_lease',
  text: `UPDATE outbox_entry SET lease_until = now() + $3 * interval '1 second'
    WHERE id = $1::uuid AND lease_owner = $2::uuid RETURNING 1`,
}

/**
 * A run that did not finish gives the task back to the relay, to be due after $3 seconds; $5 is 1 if it failed. One that
 * failed has had its turn.
 */
export const releaseTask = {
  name: 'outbox_release_task',
  text: `UPDATE outbox_entry SET lease_owner = NULL, lease_until = NULL, relayed_at = NULL, failures = failures + $5::int,
      run_at = now() + $3 * interval '1 second', last_error = $4, turn = CASE $5::int WHEN 0 THEN turn END
    WHERE id = $1::uuid AND lease_owner = $2::uuid`,
}

/** Prisma's `$queryRawUnsafe` gives rows, so this one returns one. */
export const finishTask = 'DELETE FROM outbox_entry WHERE id = $1::uuid RETURNING 1 AS finished'

export const claimInbox = {
  name: 'inbox_claim',
  text: `INSERT INTO inbox (consumer, entry_id) SELECT * FROM unnest($1::text[], $2::uuid[])
    ON CONFLICT DO NOTHING RETURNING consumer, entry_id`,
}

/** Longer than any redelivery: the sweep's longest pause is 64 minutes. */
export const pruneInbox = `DELETE FROM inbox WHERE done_at < now() - interval '30 days'`

export const bury = {
  name: 'dead_letter_bury',
  text: `INSERT INTO dead_letter (id, consumer, kind, name, entry, reason)
    VALUES ($1::uuid, $2, $3, $4, $5::jsonb, $6) ON CONFLICT DO NOTHING`,
}

/** First run after one whole period. */
export const addSchedules = {
  name: 'schedule_add',
  text: `INSERT INTO schedule (name, next_at)
    SELECT name, now() + seconds * interval '1 second' FROM unnest($1::text[], $2::int[]) AS s (name, seconds)
    ON CONFLICT DO NOTHING`,
}

export const anyDue = {
  name: 'schedule_any_due',
  text: 'SELECT 1 FROM schedule WHERE next_at <= now() LIMIT 1',
}

export const takeDue = {
  name: 'schedule_take_due',
  text: `UPDATE schedule s SET next_at = now() + p.seconds * interval '1 second'
    FROM unnest($1::text[], $2::int[]) AS p (name, seconds) WHERE s.name = p.name AND s.next_at <= now()
    RETURNING s.name`,
}
