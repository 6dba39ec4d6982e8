import type { mediaContract } from '@cenopie/media-contract'
import type { Client } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { deviceCheckOperations } from './operations/device-checks.ts'
import { deviceCheckReactions } from './reactions/device-checks.ts'
import { checkDeviceHandler, deviceCheckEnd } from './tasks/check-device.ts'
import { forgetDeviceChecksSchedule } from './tasks/forget-device-checks.ts'

export interface DeviceChecks {
  database: Database
  outbox: Outbox
  media: Client<typeof mediaContract>
  config: { deviceCheckHours: number; retentionCheckSeconds: number }
}

/** Camera and microphone, tried before it matters. */
export function deviceChecks({ database, outbox, media, config }: DeviceChecks) {
  const end = deviceCheckEnd(outbox)
  return {
    operations: deviceCheckOperations(database, media),
    tasks: [checkDeviceHandler(database, media, end)],
    on: deviceCheckReactions(outbox, end),
    schedules: [forgetDeviceChecksSchedule(database, outbox, config)],
  }
}
