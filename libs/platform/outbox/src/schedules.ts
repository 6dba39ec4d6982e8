import { randomBytes, randomUUID } from 'node:crypto'
import { service, task } from '@cenopie/platform-contract'
import type { TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { z } from 'zod'
import { outbox } from './outbox.ts'
import { dueSchedule } from './sql.ts'
import { handle } from './types.ts'
import type { Schedule, TaskHandler } from './types.ts'

const nothing = z.strictObject({})

interface Ready {
  schedule: Schedule
  handler: TaskHandler<TaskType<typeof nothing>>
}

/** A schedule is a task without payload that PostgreSQL enqueues once per period, however many processes ask. */
export function scheduleTask(module: string, schedule: Schedule): Ready {
  const type = task(`${module}.${schedule.name}`, nothing, {
    concurrency: 1,
    attempts: 3,
    timeoutSeconds: 300,
  })
  return { schedule, handler: handle(type, (_payload, run) => schedule.run(run.call, run.signal)) }
}

/** Enqueues what is due. The key keeps a slow run from piling up behind itself. */
export async function enqueueDue(module: string, database: Database, ready: readonly Ready[]): Promise<void> {
  for (const { schedule, handler } of ready) {
    await database.transaction(async (tx) => {
      const [row] = await tx.query<{ due: boolean }>(dueSchedule, [schedule.name, schedule.everySeconds])
      if (!row?.due) return
      const call = {
        actor: service(module),
        requestId: randomUUID(),
        traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
        deadline: Date.now(),
      }
      await outbox.enqueue(tx, call, handler.task, {}, { key: schedule.name })
    })
  }
}
