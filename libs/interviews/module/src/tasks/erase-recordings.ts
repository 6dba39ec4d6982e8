import type { mediaContract } from '@cenopie/media-contract'
import { id, task, type Client, type TaskType } from '@cenopie/platform-contract'
import { handle, type TaskHandler } from '@cenopie/platform-outbox'
import { z } from 'zod'

/** The most that one call of the media domain takes. */
export const maxFilesPerErasure = 100

const payload = z.object({ interviewId: id, fileIds: z.array(id).min(1).max(maxFilesPerErasure) })
export type EraseRecordings = TaskType<typeof payload>

/** For days: what was promised is done when the media domain comes back. */
export const patience = { attempts: 40, backoffSeconds: 2 }

export const eraseRecordings: EraseRecordings = task('interviews.erase-recordings', payload, patience)

/** Has the media domain erase recordings with all that was made of them. Its event is the receipt. */
export function eraseRecordingsHandler(
  media: Pick<Client<typeof mediaContract>, 'eraseFiles'>,
): TaskHandler<EraseRecordings> {
  return handle(eraseRecordings, async ({ fileIds }, run) => {
    await media.eraseFiles({ fileIds }, run.call)
  })
}
