import type { Database, Queryable } from '@cenopie/platform-database'
import type { Queue } from 'bullmq'
import { replay } from './dead-letters.ts'
import { self } from './outbox.ts'

/** How a queue stands, as PostgreSQL knows it. */
export interface QueueState {
  /** The task's name, or `<module>.events`: that module's reactions to the events counted here. */
  queue: string
  pausedAt: Date | null
  /** Due, and not running. */
  waiting: number
  /** Running, or their process has died within the last seconds. Not known of reactions, which count as waiting. */
  active: number
  /** Due later: enqueued so, or to be tried again. */
  delayed: number
  /** Dead letters. */
  failed: number
  /** Since when the oldest of those that wait was due. */
  oldestSeconds: number | null
}

/** How one account stands in the queue of a task. */
export interface FairState extends Pick<QueueState, 'waiting' | 'active' | 'delayed' | 'oldestSeconds'> {
  fairKey: string | null
}

/** The queue of one task: the database of its module, and BullMQ's side of it. */
export interface TaskQueue {
  database: Database
  queue: Queue
}

const running = 'coalesce(lease_until > now(), false)'
const counts = `
  count(*) FILTER (WHERE NOT running AND run_at <= now())::int AS waiting,
  count(*) FILTER (WHERE running)::int AS active,
  count(*) FILTER (WHERE NOT running AND run_at > now())::int AS delayed,
  extract(epoch FROM now() - min(run_at) FILTER (WHERE NOT running AND run_at <= now()))::float AS "oldestSeconds"`

/**
 * What waits in the outbox of one module, runs, failed for good or is paused there, by queue. The queue of a module's
 * reactions is fed by several publishers, and appears in the answer of each.
 */
export async function queueStates(database: Queryable): Promise<QueueState[]> {
  return database.query<QueueState>(`
    WITH entry AS (
      SELECT name AS queue, run_at, ${running} AS running FROM outbox_entry WHERE kind = 'task'
      UNION ALL
      SELECT split_part(consumer, '.', 1) || '.events', run_at, false
      FROM outbox_entry, unnest(pending) AS consumer WHERE kind = 'event'),
    counted AS (SELECT queue, ${counts} FROM entry GROUP BY queue),
    dead AS (
      SELECT CASE kind WHEN 'task' THEN name ELSE split_part(consumer, '.', 1) || '.events' END AS queue,
        count(*)::int AS failed
      FROM dead_letter GROUP BY 1),
    paused AS (SELECT task AS queue, paused_at AS "pausedAt" FROM outbox_pause)
    SELECT queue, "pausedAt", coalesce(waiting, 0) AS waiting, coalesce(active, 0) AS active,
      coalesce(delayed, 0) AS delayed, coalesce(failed, 0) AS failed, "oldestSeconds"
    FROM counted FULL JOIN dead USING (queue) FULL JOIN paused USING (queue) ORDER BY queue`)
}

/** The accounts in a task's queue, the longest line first. */
export async function fairStates(database: Queryable, task: string, limit = 20): Promise<FairState[]> {
  return database.query<FairState>(
    `WITH entry AS (
      SELECT fair_key, run_at, ${running} AS running FROM outbox_entry WHERE kind = 'task' AND name = $1)
    SELECT fair_key AS "fairKey", ${counts} FROM entry GROUP BY fair_key ORDER BY waiting DESC, fair_key LIMIT $2`,
    [task, limit],
  )
}

/**
 * Lets no process start the task any more; what runs ends. PostgreSQL remembers it and workers ask there, so it also
 * holds when Redis is emptied. Fails, and pauses nothing, when Redis is away.
 */
export async function pause({ database, queue }: TaskQueue): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(
      'INSERT INTO outbox_pause (task) VALUES ($1) ON CONFLICT (task) DO UPDATE SET task = excluded.task',
      [queue.name],
    )
    await queue.pause()
  })
}

/** Fails, and leaves the task paused, when Redis is away. */
export async function resume({ database, queue }: TaskQueue): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('DELETE FROM outbox_pause WHERE task = $1', [queue.name])
    await queue.resume()
  })
}

/**
 * What an emptied Redis has forgotten. The row's lock makes this, `pause` and `resume` go one after the other, so that
 * Redis ends up as PostgreSQL does.
 */
export async function pauseAgain(database: Database, queueOf: (task: string) => Queue): Promise<void> {
  await database.transaction(async (tx) => {
    for (const { task } of await tx.query<{ task: string }>('SELECT task FROM outbox_pause FOR SHARE'))
      await queueOf(task).pause()
  })
}

/** Gives up for good on what failed for good. Resolves to how many entries that were. */
export async function clearFailed({ database, queue }: TaskQueue): Promise<number> {
  const gone = await database.query(`DELETE FROM dead_letter WHERE kind = 'task' AND name = $1 RETURNING 1`, [
    queue.name,
  ])
  // What BullMQ calls failed are single tries, kept for people to read.
  await queue.clean(0, Number.MAX_SAFE_INTEGER, 'failed')
  return gone.length
}

/** `retry` of one entry. Resolves to false if it neither failed for good nor waits for a later try. */
export async function retryEntry({ database, queue }: TaskQueue, id: string): Promise<boolean> {
  return (await replay(database, id, self)) || (await hasten(database, queue.name, id)) > 0
}

/** Whatever waits for a later try is due now, or `id` alone. */
async function hasten(database: Database, task: string, id: string | null = null): Promise<number> {
  const rows = await database.query(
    `UPDATE outbox_entry SET run_at = now()
      WHERE kind = 'task' AND name = $1 AND ($2::uuid IS NULL OR id = $2::uuid)
        AND failures > 0 AND relayed_at IS NULL AND run_at > now() RETURNING 1`,
    [task, id],
  )
  return rows.length
}

/**
 * Tries again, now: what failed for good, as new (`replayed`), and what waits for a later try (`hastened`). Safe to
 * repeat.
 */
export async function retry({ database, queue }: TaskQueue): Promise<{ replayed: number; hastened: number }> {
  const dead = await database.query<{ id: string }>(
    `SELECT id FROM dead_letter WHERE kind = 'task' AND name = $1 ORDER BY died_at`,
    [queue.name],
  )
  let replayed = 0
  for (const { id } of dead) if (await replay(database, id, self)) replayed += 1
  return { replayed, hastened: await hasten(database, queue.name) }
}
