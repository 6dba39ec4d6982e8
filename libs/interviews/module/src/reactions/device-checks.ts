import { fileFailed, fileReady, uploadCompleted } from '@cenopie/media-contract'
import { react, type Outbox } from '@cenopie/platform-outbox'
import { advanceDeviceCheck, deviceCheckOfFile } from '../data/device-checks.ts'
import { isDeviceCheck } from '../domain/file-owner.ts'
import { checkDeviceTask, type DeviceCheckEnd } from '../tasks/check-device.ts'

/** What media says of recordings that only try out camera and microphone, in any order. */
export function deviceCheckReactions(outbox: Outbox, end: DeviceCheckEnd) {
  return [
    react(uploadCompleted, 'note-device-check-uploaded', async ({ payload: { fileId, owner } }, tx) => {
      if (isDeviceCheck(owner)) await advanceDeviceCheck(tx, fileId, 'uploaded')
    }),

    react(fileReady, 'measure-device-check', async ({ payload: { fileId, owner, companyId } }, tx, call) => {
      if (!isDeviceCheck(owner)) return
      await outbox.enqueue(
        tx,
        call,
        checkDeviceTask,
        { fileId },
        { key: fileId, ...(companyId === undefined ? {} : { fairKey: companyId }) },
      )
    }),

    react(fileFailed, 'note-device-check-failed', async ({ payload }, tx, call) => {
      const { fileId, owner, reason } = payload
      const check = isDeviceCheck(owner) ? await deviceCheckOfFile(tx, fileId) : undefined
      if (check) await end(tx, call, check, 'failed', { reason })
    }),
  ]
}
