import type { TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'
import type { Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { reactionWorker } from './reaction-worker.ts'
import { Relay } from './relay.ts'
import { createSchedules } from './schedules.ts'
import { pruneInbox } from './sql.ts'
import { taskWorker } from './task-worker.ts'
import type { Reaction, Schedule, TaskHandler } from './types.ts'
import { orLater } from './worker-options.ts'
import type { WorkerContext } from './worker-options.ts'

export interface MessagingOptions {
  module: string
  database: Database
  /** Fails at once when Redis is away: the relay waits, not the request. */
  producer: Redis
  /** Waits for Redis to come back; each worker duplicates it. */
  consumer: Redis
  prefix: string
  log: Logger
  tasks: readonly TaskHandler[]
  reactions: readonly Reaction[]
  schedules: readonly Schedule[]
  /** Runs at once in this process, by name of a task, where they differ from the task's own; 0: none here. */
  concurrency?: ReadonlyMap<string, number> | undefined
  /** Longest wait for an entry whose wake-up was lost, in milliseconds. */
  pollMs: number
  /** Asked for each job: how many times it is handed over. Default: once. */
  copies?: (() => number) | undefined
}

/** The moving parts of one module: relay, task workers, reaction worker, schedules. */
export interface Messaging {
  /**
   * Resolves when every worker is connected. Rejects when Redis goes away meanwhile: a worker that never connected
   * would not recover by itself, so the process must not count as started.
   */
  start(): Promise<void>
  wake(): void
  /** Waits for running work up to `patienceMs`, then aborts it; what was aborted goes back to the outbox. */
  close(patienceMs: number): Promise<void>
}

const connectMs = 5_000

export function createMessaging(options: MessagingOptions): Messaging {
  const { module, database, producer, consumer, prefix, log } = options
  const stopping = new AbortController()
  const prune: Schedule = {
    name: 'prune-inbox',
    everySeconds: 6 * 3600,
    run: async () => void (await database.query(pruneInbox)),
  }
  const schedules = createSchedules(module, database, [...options.schedules, prune])
  const relay = new Relay({
    module,
    database,
    redis: producer,
    connection: producer,
    prefix,
    pollMs: options.pollMs,
    copies: options.copies ?? (() => 1),
    log,
    beforePass: everySecond(schedules.enqueueDue),
  })
  const context: WorkerContext = {
    module,
    database,
    redis: producer,
    connection: consumer,
    prefix,
    log,
    stopping: stopping.signal,
    afterWrite: () => relay.wake(),
    orLater,
  }
  const tasks = [...options.tasks, schedules.handler as unknown as TaskHandler<TaskType>]
  const byName = Map.groupBy(tasks, ({ task }) => task.name)
  const placesOf = (name: string) => options.concurrency?.get(name)
  const workers: Worker[] = [...byName]
    .filter(([name]) => placesOf(name) !== 0)
    .map(([name, versions]) => taskWorker(context, name, versions, placesOf(name)))
  if (options.reactions.length > 0) workers.push(reactionWorker(context, options.reactions))
  for (const worker of workers) worker.on('error', (error) => log.debug({ err: error }, 'worker'))

  return {
    async start() {
      await within(connectMs, Promise.all(workers.map((worker) => worker.waitUntilReady())))
      relay.start()
      for (const worker of workers)
        void worker.run().catch((error: unknown) => log.debug({ err: error }, 'worker'))
    },
    wake: () => relay.wake(),
    async close(patienceMs) {
      const patience = setTimeout(() => stopping.abort(new Error('the process stops')), patienceMs)
      await Promise.all(workers.map((worker) => worker.close()))
      clearTimeout(patience)
      await relay.close()
    },
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('Redis went away while workers were connecting.')), ms)
  try {
    await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Schedules have a resolution of a second; passes come more often under load. */
function everySecond(work: () => Promise<void>): () => Promise<void> {
  let last = 0
  return async () => {
    if (Date.now() - last < 1000) return
    last = Date.now()
    await work()
  }
}
