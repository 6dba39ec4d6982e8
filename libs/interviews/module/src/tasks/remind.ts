import { reminderDue } from '@cenopie/interviews-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox, Schedule } from '@cenopie/platform-outbox'
import { claimReminders } from '../data/interviews.ts'
import { factsOf } from '../domain/facts.ts'

const batch = 100
const hour = 3_600_000

/** Says once per interview that its deadline is near. */
export function remindSchedule(
  database: Database,
  outbox: Outbox,
  config: { reminderHours: number; reminderCheckSeconds: number },
): Schedule {
  async function remindBatch(call: CallContext): Promise<number> {
    const now = new Date()
    const until = new Date(now.getTime() + config.reminderHours * hour)
    return database.transaction(async (tx) => {
      const due = await claimReminders(tx, now, until, batch)
      for (const interview of due) {
        if (interview.deadline === null) continue
        await outbox.publish(tx, call, reminderDue, {
          entity: { id: interview.id, version: interview.version },
          payload: { ...factsOf(interview), deadline: interview.deadline.toISOString() },
        })
      }
      return due.length
    })
  }

  return {
    name: 'remind-invited',
    everySeconds: config.reminderCheckSeconds,
    async run(call, signal) {
      while ((await remindBatch(call)) === batch) signal.throwIfAborted()
    },
  }
}
