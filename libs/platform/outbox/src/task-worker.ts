import { randomUUID } from 'node:crypto'
import { service } from '@cenopie/platform-contract'
import { background, sqlOf } from '@cenopie/platform-database'
import type { Database, NamedStatement } from '@cenopie/platform-database'
import { DelayedError, Worker } from 'bullmq'
import type { Job } from 'bullmq'
import { causedBy } from './causation.ts'
import { self } from './outbox.ts'
import { bury, claimTask, finishTask, leaseOf, releaseTask, renewLease } from './sql.ts'
import type { Row } from './sql.ts'
import type { TaskHandler, TaskRun } from './types.ts'
import { waitForNewer } from './unknown.ts'
import { isUnavailable, workerOptions } from './worker-options.ts'
import type { WorkerContext } from './worker-options.ts'

/** A lease outlives a renewal that comes late; after a kill, another process takes over when it has run out. */
const leaseSeconds = 15
/** Starts that ended neither in success nor in failure: the process died. A task that kills its process ends here. */
const maxStarts = 50
const maxBackoffSeconds = 3600
/** How soon a task is looked at again that PostgreSQL knows to be paused and Redis does not. */
const pausedMs = 2_000

/** Another run of the same entry finished first; the transaction rolls back and nothing is repeated. */
export class AlreadyDone extends Error {
  constructor() {
    super('another run finished this task')
    this.name = 'AlreadyDone'
  }
}

/**
 * Runs one task of one module, in all its versions: they share a queue. The row in PostgreSQL decides; the queue job
 * only says "look now".
 */
export function taskWorker(
  context: WorkerContext,
  name: string,
  versions: readonly TaskHandler[],
  concurrency = Math.max(...versions.map(({ task }) => task.concurrency)),
): Worker {
  const byVersion = new Map(versions.map((handler) => [handler.task.version, handler]))
  return new Worker(name, (job, token) => attempt(context, byVersion, job, token), {
    ...workerOptions(context),
    concurrency,
    removeOnComplete: { count: 200 },
    removeOnFail: { count: 500 },
  })
}

async function attempt(
  context: WorkerContext,
  byVersion: ReadonlyMap<number, TaskHandler>,
  job: Job,
  token: string | undefined,
) {
  const { database, module } = context
  const id = (job.data as { id: string }).id
  const owner = randomUUID()
  // A queue job that failed here would keep its id, and with it every later one of an entry that never started.
  const ask = <T>(statement: NamedStatement, values: unknown[]) =>
    context.orLater(
      job,
      token,
      () => database.query<T>(statement, values),
      (error) => {
        if (!isUnavailable(error)) context.log.warn({ err: error, entry: id }, 'a task cannot be claimed')
        return true
      },
    )
  const [row] = await ask<Row>(claimTask, [id, owner, leaseSeconds, [...byVersion.keys()]])
  const handler = row && byVersion.get(row.version)
  if (!handler) {
    const [lease] = await ask<Lease>(leaseOf, [id])
    return lookLater(context, byVersion, job, token, { id, lease })
  }
  const log = context.log.child({ task: row.name, entry: id, ...row.meta })
  const limit = AbortSignal.timeout(handler.task.timeoutSeconds * 1000)
  const signal = AbortSignal.any([limit, context.stopping])
  const renewal = setInterval(
    () => {
      database
        .query(renewLease, [id, owner, leaseSeconds])
        .catch((error: unknown) => log.warn({ err: error }, 'lease'))
    },
    (leaseSeconds * 1000) / 3,
  )
  let finished = false
  const run: TaskRun = {
    id,
    attempt: row.failures + 1,
    last: row.failures + 1 >= handler.task.attempts,
    call: causedBy(row.meta, service(module), handler.task.timeoutSeconds),
    log,
    signal,
    async done(tx) {
      if ((await sqlOf(tx).query(finishTask, [id])).length === 0) throw new AlreadyDone()
      finished = true
    },
  }
  const started = performance.now()
  try {
    if (row.starts - row.failures > maxStarts)
      throw new Error(`started ${row.starts} times without an outcome`)
    const payload = handler.task.payload.parse(row.payload) as never
    await abortable(
      background(() => handler.run(payload, run)),
      signal,
    )
    if (!finished) await database.query(finishTask, [id])
    log.info({ ms: Math.round(performance.now() - started), attempt: run.attempt }, 'task done')
  } catch (error) {
    if (error instanceof AlreadyDone) return
    if (context.stopping.aborted) {
      await database.query(releaseTask, [id, owner, 0, 'the process stopped', 0])
      throw error
    }
    await failed(database, handler, row, { owner, run, error, final: row.starts - row.failures > maxStarts })
    throw error
  } finally {
    clearInterval(renewal)
    context.afterWrite()
  }
}

/** A handler that ignores its signal must not hold the worker's place for ever. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason as Error)
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    }),
  ])
}

interface Lease {
  seconds: number
  version: number
  paused: boolean
}

/**
 * Done already: nothing to do. Leased: another run is at it; look again when its lease could have run out. Paused: Redis
 * does not know it yet.
 */
async function lookLater(
  context: WorkerContext,
  byVersion: ReadonlyMap<number, TaskHandler>,
  job: Job,
  token: string | undefined,
  { id, lease }: { id: string; lease: Lease | undefined },
) {
  if (!lease) return
  const { seconds, version, paused } = lease
  if (!paused && !byVersion.has(version))
    await waitForNewer(context, job, token, { id, name: job.queueName, version, consumer: self })
  const waitMs = paused ? pausedMs : seconds * 1000 + 250
  await job.moveToDelayed(Date.now() + waitMs, token)
  throw new DelayedError()
}

interface Failure {
  owner: string
  run: TaskRun
  error: unknown
  /** Whether no further try is left, whatever the task allows. */
  final: boolean
}

async function failed(database: Database, handler: TaskHandler, row: Row, failure: Failure): Promise<void> {
  const { owner, run, error, final } = failure
  const { log } = run
  const { task } = handler
  const failures = row.failures + 1
  const reason = error instanceof Error ? error.message : String(error)
  if (failures < task.attempts && !final) {
    const wait = Math.min(task.backoffSeconds * 2 ** row.failures, maxBackoffSeconds)
    await database.query(releaseTask, [row.id, owner, wait, reason, 1])
    log.warn({ err: error, attempt: failures, retryInSeconds: wait }, 'task failed')
    return
  }
  await database.transaction(async (tx) => {
    const removed = await tx.query(
      `DELETE FROM outbox_entry WHERE id = $1 AND lease_owner = $2 RETURNING 1`,
      [row.id, owner],
    )
    if (removed.length === 0) return
    const { version, payload, meta, fair_key: fairKey } = row
    const entry = JSON.stringify({ version, payload, meta, fairKey: fairKey ?? undefined })
    await tx.query(bury, [row.id, self, 'task', row.name, entry, reason])
    // A payload that nobody understands any more is a reason to die, not to live for ever.
    const parsed = task.payload.safeParse(row.payload)
    if (parsed.success) await handler.onDead?.(parsed.data as never, tx, reason, run.call)
  })
  log.error({ err: error, attempt: failures }, 'task is dead')
}
