import { deviceCheckSeconds, type DeviceFindings } from '@cenopie/interviews-contract'
import type { mediaContract } from '@cenopie/media-contract'
import { id, task, type CallContext, type Client, type TaskType } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import { handle, type Outbox, type TaskHandler, type TaskRun } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { advanceDeviceCheck, deviceCheckOfFile, type DeviceCheckRow } from '../data/device-checks.ts'
import { deviceFindings } from '../domain/device-check.ts'
import { recordingLimits } from '../domain/recording-limits.ts'
import { brightness, measureSound } from './device-measures.ts'
import { eraseRecordings } from './erase-recordings.ts'
import { speech, withRendition } from './rendition.ts'

const payload = z.object({ fileId: id })
export type CheckDevice = TaskType<typeof payload>

/** Somebody sits before the screen and waits. */
export const checkDeviceTask: CheckDevice = task('interviews.check-device', payload, {
  concurrency: 2,
  attempts: 4,
  backoffSeconds: 1,
})

const poster = 'poster.jpg'
/** Of the recording as media cut it; resampling may add a little. */
const maxSeconds = 2 * recordingLimits('audio', deviceCheckSeconds).maxSeconds

/** Ends a check and has its recording erased, in one transaction: nobody needs it any more. */
export function deviceCheckEnd(outbox: Outbox) {
  return async (
    tx: Transaction,
    call: CallContext,
    check: Pick<DeviceCheckRow, 'fileId' | 'interviewId'>,
    status: 'checked' | 'failed',
    of: { findings: DeviceFindings } | { reason: string },
  ): Promise<void> => {
    const { fileId, interviewId } = check
    if (!(await advanceDeviceCheck(tx, fileId, status, of))) return
    await outbox.enqueue(tx, call, eraseRecordings, { interviewId, fileIds: [fileId] })
  }
}

export type DeviceCheckEnd = ReturnType<typeof deviceCheckEnd>

/** Measures what arrived. Nothing is transcribed: nobody has consented to that yet. */
export function checkDeviceHandler(
  database: Database,
  media: Client<typeof mediaContract>,
  end: DeviceCheckEnd,
): TaskHandler<CheckDevice> {
  async function look({ fileId, mode }: DeviceCheckRow, run: TaskRun): Promise<DeviceFindings | undefined> {
    const [file] = (await media.getFiles({ fileIds: [fileId] }, run.call)).files
    if (file?.status !== 'ready') return undefined
    const { signal } = run
    const sound = await withRendition(media, { fileId, name: speech }, run, (path) =>
      measureSound(path, { maxSeconds, signal }),
    )
    const light = await withRendition(media, { fileId, name: poster }, run, (path) =>
      brightness(path, signal),
    )
    const { width, height, seconds = 0 } = file
    const picture =
      width === undefined || height === undefined
        ? undefined
        : { width, height, ...(light === undefined ? {} : { brightness: light }) }
    return deviceFindings({ mode, seconds, sound, picture })
  }

  return handle(
    checkDeviceTask,
    async ({ fileId }, run) => {
      const check = await deviceCheckOfFile(database, fileId)
      if (!check || check.status === 'checked') return
      const findings = await look(check, run)
      await database.transaction(async (tx) => {
        if (findings) await end(tx, run.call, check, 'checked', { findings })
        await run.done(tx)
      })
    },
    async ({ fileId }, tx, _, call) => {
      const check = await deviceCheckOfFile(tx, fileId)
      const reason = 'The recording could not be measured just now. Please try again.'
      if (check) await end(tx, call, check, 'failed', { reason })
    },
  )
}
