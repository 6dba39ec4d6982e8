import type { Database } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'
import { Queue } from 'bullmq'
import type { ConnectionOptions, JobsOptions } from 'bullmq'
import type { Redis } from 'ioredis'
import { dataOf } from './entry.ts'
import { acksKey, epochKey, eventsQueue, moduleOf } from './names.ts'
import { pauseAgain } from './queues.ts'
import { confirm, dropUnwanted, returnAll, sweep, takeBatch } from './sql.ts'
import type { Row } from './sql.ts'
import { priorityOf, takeTurns } from './turns.ts'

/** The consumer decides when a reaction is dead; see `reaction-worker.ts`. */
const retries = { attempts: 1_000, backoff: { type: 'custom' } }
const batchSize = 500
const ackBatch = 2000
/** Writes that follow each other closely share one pass. */
const coalesceMs = 5
/** From one pass to the next at least: under load the batches grow, not their number. */
const betweenMs = 25
const sweepEveryMs = 15_000

export interface RelayOptions {
  module: string
  database: Database
  redis: Redis
  connection: ConnectionOptions
  prefix: string
  pollMs: number
  /** How many times a job is handed over, each under an id of its own: more than once to rehearse redelivery. */
  copies: () => number
  log: Logger
  /** Called in every pass, before entries are taken: schedules that came due write theirs. */
  beforePass: () => Promise<void>
}

interface QueueJob {
  name: string
  data: unknown
  opts: JobsOptions & { jobId: string }
}

/**
 * Moves one module's entries from PostgreSQL to BullMQ, and takes back what consumers confirm. Any number of
 * processes may relay the same outbox. With Redis away it waits; the entries do too.
 */
export class Relay {
  readonly #options: RelayOptions
  readonly #queues = new Map<string, Queue>()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #closed = false
  #sweptAt = Date.now()
  #failing = false

  constructor(options: RelayOptions) {
    this.#options = options
  }

  start(): void {
    this.#schedule(0)
  }

  /** Something was committed: relay it soon. Cheap; calls that follow each other closely share one pass. */
  wake(): void {
    if (this.#running) this.#again = true
    else this.#schedule(this.#soon())
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()))
  }

  #due = Infinity
  #passedAt = 0

  #soon(): number {
    return Math.max(coalesceMs, this.#passedAt + betweenMs - Date.now())
  }

  #schedule(ms: number): void {
    const due = Date.now() + ms
    if (this.#closed || due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => {
      this.#due = Infinity
      this.#running = this.#pass().finally(() => {
        this.#running = undefined
        this.#passedAt = Date.now()
        const again = this.#again
        this.#again = false
        this.#schedule(again ? this.#soon() : this.#options.pollMs)
      })
    }, ms)
  }

  async #pass(): Promise<void> {
    try {
      await this.#options.beforePass()
      if (this.#options.redis.status === 'ready') {
        await this.#noticeEmptyRedis()
        while (!this.#closed && (await this.#relayBatch()) === batchSize);
        while (!this.#closed && (await this.#confirmBatch()) === ackBatch);
      }
      if (Date.now() - this.#sweptAt > sweepEveryMs) {
        this.#sweptAt = Date.now()
        await this.#options.database.query(sweep)
      }
      this.#failing = false
    } catch (error) {
      if (!this.#failing && !this.#closed) this.#options.log.warn({ err: error }, 'relay is waiting')
      this.#failing = true
    }
  }

  async #relayBatch(): Promise<number> {
    const { database, module } = this.#options
    const rows = await database.transaction(async (tx) => {
      await tx.query(dropUnwanted)
      const taken = await tx.query<Row>(takeBatch, [batchSize])
      const nobody = taken.filter((row) => row.pending?.length === 0).map((row) => row.id)
      if (nobody.length > 0) await tx.query('DELETE FROM outbox_entry WHERE id = ANY($1::uuid[])', [nobody])
      await takeTurns(tx, taken)
      await this.#enqueue(module, taken)
      return taken
    })
    return rows.length
  }

  /** Still inside the transaction: if Redis refuses, the rows stay untaken. A repeat has the same job id. */
  async #enqueue(module: string, rows: Row[]): Promise<void> {
    const byQueue = new Map<string, QueueJob[]>()
    const add = (queue: string, { opts, ...job }: QueueJob) => {
      const jobs = byQueue.get(queue) ?? []
      byQueue.set(queue, jobs)
      jobs.push({ ...job, opts })
      for (let copy = this.#options.copies(); copy > 1; copy -= 1)
        jobs.push({ ...job, opts: { ...opts, jobId: `${opts.jobId}.${copy}` } })
    }
    for (const row of rows) {
      if (row.kind === 'task') {
        // A failed job of an earlier try or of a replayed dead letter may still be there: it must not swallow this one.
        const jobId = `${row.id}.${row.created_at.getTime().toString(36)}.${row.starts}`
        const opts = { jobId, ...priorityOf(row) }
        add(row.name, { name: row.name, data: { id: row.id, payload: row.payload, meta: row.meta }, opts })
        continue
      }
      for (const consumer of row.pending ?? []) {
        const opts = { jobId: `${row.id}.${consumer}`, ...retries }
        add(eventsQueue(moduleOf(consumer)), { name: row.name, data: dataOf(module, consumer, row), opts })
      }
    }
    await Promise.all([...byQueue].map(([queue, jobs]) => this.#queue(queue).addBulk(jobs)))
  }

  #queue(name: string): Queue {
    let queue = this.#queues.get(name)
    if (!queue) {
      queue = new Queue(name, { connection: this.#options.connection, prefix: this.#options.prefix })
      queue.on('error', () => {})
      this.#queues.set(name, queue)
    }
    return queue
  }

  async #confirmBatch(): Promise<number> {
    const { redis, prefix, module, database } = this.#options
    const acks = (await redis.lpop(acksKey(prefix, module), ackBatch)) ?? []
    if (acks.length === 0) return 0
    const pairs = acks.map((ack) => ack.split(' '))
    await database.query(confirm, [pairs.map(([id]) => id), pairs.map(([, consumer]) => consumer)])
    return acks.length
  }

  /** A missing marker means Redis lost what it was given (a flush, a new server). */
  async #noticeEmptyRedis(): Promise<void> {
    const { redis, prefix, module, database } = this.#options
    const key = epochKey(prefix, module)
    if (await redis.exists(key)) return
    await pauseAgain(database, (task) => this.#queue(task))
    await database.query(returnAll)
    await redis.set(key, new Date().toISOString())
  }
}
