import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Logger } from '@cenopie/platform-telemetry'
import { DelayedError } from 'bullmq'
import type { ConnectionOptions, Job, WorkerOptions } from 'bullmq'
import type { Redis } from 'ioredis'

/** What the workers of one module share. */
export interface WorkerContext {
  module: string
  database: Database
  redis: Redis
  connection: ConnectionOptions
  prefix: string
  log: Logger
  /** Aborts when the process is told to stop and its patience is over. */
  stopping: AbortSignal
  /** Something was committed that the module's relay should look at. */
  afterWrite: () => void
  orLater: typeof orLater
}

const retryMs = 2000

/** Runs a first database step; when PostgreSQL is away, or for what else `mayWait`, the job waits instead of failing. */
export async function orLater<T>(
  job: Job,
  token: string | undefined,
  step: () => Promise<T>,
  mayWait = isUnavailable,
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!mayWait(error)) throw error
    await job.moveToDelayed(Date.now() + retryMs, token)
    throw new DelayedError()
  }
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof Fault && error.type.kind === 'unavailable'
}

/**
 * With the default `maxStalledCount` of 1 BullMQ gives up on jobs whose worker was killed twice; PostgreSQL counts
 * instead. Locks are short so that a killed worker's jobs are seen again after seconds.
 */
export function workerOptions(context: WorkerContext): WorkerOptions {
  return {
    connection: context.connection,
    prefix: context.prefix,
    autorun: false,
    lockDuration: 10_000,
    stalledInterval: 5_000,
    maxStalledCount: 1_000,
    // How soon a worker looks again after Redis went away; the default of 15 s makes an outage longer than it was.
    runRetryDelay: 1_000,
  }
}
