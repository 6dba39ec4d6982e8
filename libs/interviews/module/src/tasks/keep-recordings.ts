import type { mediaContract } from '@cenopie/media-contract'
import { id, task, type Client, type TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type TaskHandler } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { takesOfAnswer } from '../data/takes.ts'
import { answerOwner } from '../domain/file-owner.ts'
import { takeThatCounts } from '../domain/takes.ts'

const payload = z.object({ answerId: id })
export type KeepRecordings = TaskType<typeof payload>
export const keepRecordingsTask: KeepRecordings = task('interviews.keep-recordings', payload)

/** Tells media which recording of an answer stays; takes that a later one replaced are removed there after a day. */
export function keepRecordingsHandler(
  database: Database,
  media: Client<typeof mediaContract>,
): TaskHandler<KeepRecordings> {
  return handle(keepRecordingsTask, async ({ answerId }, { call }) => {
    const ready = (await takesOfAnswer(database, answerId)).filter(({ status }) => status === 'ready')
    const kept = takeThatCounts(ready) // What was written later does not remove what was said: it may be unsaid again.
    const owner = answerOwner(answerId)
    if (kept) await media.keepFiles({ owner, fileIds: [kept.fileId] }, call)
    const replaced = ready.filter((take) => take !== kept).map(({ fileId }) => fileId)
    if (replaced.length > 0) await media.releaseFiles({ owner, fileIds: replaced }, call)
  })
}
