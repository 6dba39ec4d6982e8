import { DelayedError } from 'bullmq'
import type { Job } from 'bullmq'
import type { WorkerContext } from './worker-options.ts'

const [shortestMs, longestMs] = [1_000, 60_000]

/**
 * Puts back an entry of a version that nothing in this process handles: a newer deployment may be rolling out, and its
 * processes share the queue. The wait is as long as the entry has waited already, a minute at most.
 */
export async function waitForNewer(
  context: WorkerContext,
  job: Job,
  token: string | undefined,
  { id, name, version, consumer }: { id: string; name: string; version: number; consumer: string },
): Promise<never> {
  const waitMs = Math.min(Math.max(ageMs(job), shortestMs), longestMs)
  const entry = { id, name, version, consumer }
  context.log.warn({ entry, waitMs }, 'an entry waits for a process that handles this version')
  await job.moveToDelayed(Date.now() + waitMs, token)
  throw new DelayedError()
}

export const ageMs = (job: Job): number => Date.now() - job.timestamp
