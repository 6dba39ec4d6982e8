import { service, task } from '@cenopie/platform-contract'
import type { CallContext, TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { requestIdFrom, traceparentFrom } from '@cenopie/platform-telemetry'
import { z } from 'zod'
import { outbox } from './outbox.ts'
import { addSchedules, anyDue, takeDue } from './sql.ts'
import { handle } from './types.ts'
import type { Schedule, TaskHandler } from './types.ts'

const payload = z.strictObject({ schedule: z.string() })
type ScheduleTask = TaskType<typeof payload>

/** The task of every module that the platform brings along. */
export const schedulesTask = (module: string): ScheduleTask =>
  task(`${module}.schedules`, payload, { attempts: 3, timeoutSeconds: 300 })

export interface Schedules {
  /** Carries out whichever schedule an entry names; one queue serves them all. */
  handler: TaskHandler<ScheduleTask>
  /** Enqueues what is due. */
  enqueueDue(): Promise<void>
}

/**
 * A schedule that comes due is a task that PostgreSQL enqueues once per period, however many processes ask. The key
 * keeps a slow run from piling up behind itself.
 */
export function createSchedules(
  module: string,
  database: Database,
  schedules: readonly Schedule[],
): Schedules {
  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]))
  const periods = [schedules.map(({ name }) => name), schedules.map(({ everySeconds }) => everySeconds)]
  const type = schedulesTask(module)
  let known = false

  return {
    // A schedule of a newer version of the module: it runs where it is known, or at its next period.
    handler: handle(type, async ({ schedule }, run) => byName.get(schedule)?.run(run.call, run.signal)),
    async enqueueDue() {
      if (!known) await database.query(addSchedules, periods)
      known = true
      if ((await database.query(anyDue)).length === 0) return
      await database.transaction(async (tx) => {
        for (const { name } of await tx.query<{ name: string }>(takeDue, periods)) {
          await outbox.enqueue(tx, ownCall(module), type, { schedule: name }, { key: name })
        }
      })
    },
  }
}

/** Nobody asked for it: a trace begins here. */
function ownCall(module: string): CallContext {
  return {
    actor: service(module),
    requestId: requestIdFrom(undefined),
    traceparent: traceparentFrom(undefined),
    deadline: Date.now(),
  }
}
