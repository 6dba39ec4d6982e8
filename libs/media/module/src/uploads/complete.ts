import { uploadCompleted } from '@cenopie/media-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { lockFile } from '../data/steps.ts'
import { completeUpload, type UploadRow } from '../data/uploads.ts'
import { factsOf } from '../domain/event-facts.ts'
import { enqueueStep } from '../tasks/step-tasks.ts'
import type { Staging } from './staging.ts'

export interface Completing {
  database: Database
  outbox: Outbox
  staging: Staging
}

/** Takes the file on, once: the last byte, the news of it and the first task commit together. */
export async function complete(
  { database, outbox, staging }: Completing,
  upload: UploadRow,
  call: CallContext,
): Promise<void> {
  await staging.sync(upload.id)
  await database.transaction(async (tx) => {
    if (!(await completeUpload(tx, upload))) return
    const file = await lockFile(tx, upload.fileId)
    if (!file) return
    await outbox.publish(tx, call, uploadCompleted, {
      entity: { id: file.id, version: file.version },
      payload: { ...factsOf(file), bytes: file.bytes },
    })
    await enqueueStep(outbox, tx, call, file, 'store')
  })
}
