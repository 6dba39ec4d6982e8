import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type { Job, Queue } from 'bullmq'
import type { Operator } from './operator.ts'

/** As the dashboard names the states of jobs. */
type Status = Parameters<BullMQAdapter['getJobs']>[0][number]

/**
 * A task's queue on the dashboard. What an operator decides is kept where it lasts, in PostgreSQL: Redis only says "look
 * now". What Redis alone would take for done is refused.
 */
export class TaskAdapter extends BullMQAdapter {
  readonly #name: string
  readonly #operator: () => Promise<Operator>

  constructor(queue: Queue, operator: () => Promise<Operator>) {
    super(queue)
    this.#name = queue.name
    this.#operator = operator
  }

  override async pause(): Promise<void> {
    await (await this.#operator()).pause(this.#name)
  }

  override async resume(): Promise<void> {
    await (await this.#operator()).resume(this.#name)
  }

  /** A failed job is one try of a task: clearing them all gives up on what failed for good. */
  override async clean(status: Parameters<BullMQAdapter['clean']>[0], graceMs: number): Promise<void> {
    if (status === 'failed') await (await this.#operator()).clearFailed(this.#name)
    else await super.clean(status, graceMs)
  }

  override async getJob(id: string): Promise<Job | undefined> {
    const job = await super.getJob(id)
    return job && this.#retrying(job)
  }

  override async getJobs(statuses: Status[], start?: number, end?: number): Promise<Job[]> {
    return (await super.getJobs(statuses, start, end)).map((job) => this.#retrying(job))
  }

  override addJob(): never {
    throw new Error('Tasks are enqueued by their module.')
  }

  override empty(): Promise<void> {
    return this.#refused()
  }

  override obliterate(): Promise<void> {
    return this.#refused()
  }

  #refused(): Promise<never> {
    return Promise.reject(new Error('PostgreSQL holds the work: emptied queues fill again.'))
  }

  /** The next try is a job of its own; this one was the record of the last. What has been done meanwhile stays done. */
  #retrying(job: Job): Job {
    job.retry = async () => {
      await (await this.#operator()).retryEntry(this.#name, (job.data as { id: string }).id)
      await job.remove()
    }
    return job
  }
}
