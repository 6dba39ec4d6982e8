import type { Database } from '@cenopie/platform-database'
import type { Outbox, Schedule } from '@cenopie/platform-outbox'
import { forgetDeviceChecks } from '../data/device-checks.ts'
import { eraseRecordings } from './erase-recordings.ts'

const batch = 100
const hour = 3_600_000

/** Forgets device checks, with the recordings of those that never came to an end. */
export function forgetDeviceChecksSchedule(
  database: Database,
  outbox: Outbox,
  config: { deviceCheckHours: number; retentionCheckSeconds: number },
): Schedule {
  return {
    name: 'forget-device-checks',
    everySeconds: config.retentionCheckSeconds,
    async run(call, signal) {
      for (;;) {
        signal.throwIfAborted()
        const before = new Date(Date.now() - config.deviceCheckHours * hour)
        const forgotten = await database.transaction(async (tx) => {
          const checks = await forgetDeviceChecks(tx, before, batch)
          for (const { interviewId, fileId } of checks) {
            await outbox.enqueue(tx, call, eraseRecordings, { interviewId, fileIds: [fileId] })
          }
          return checks.length
        })
        if (forgotten < batch) return
      }
    },
  }
}
