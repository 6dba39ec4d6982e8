import type { mediaContract } from '@cenopie/media-contract'
import { id, task, type Client, type TaskType } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle, type TaskHandler } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { takesOfAnswer } from '../data/takes.ts'
import { answerOwner } from '../domain/file-owner.ts'
import { keptTakes } from '../domain/takes.ts'
import { maxFilesPerErasure, patience } from './erase-recordings.ts'

const payload = z.object({ answerId: id })
export type KeepRecordings = TaskType<typeof payload>
export const keepRecordingsTask: KeepRecordings = task('interviews.keep-recordings', payload, patience)

/** Tells media which recordings of an answer stay; takes that a later one replaced are removed there after a day. */
export function keepRecordingsHandler(
  database: Database,
  media: Client<typeof mediaContract>,
): TaskHandler<KeepRecordings> {
  return handle(keepRecordingsTask, async ({ answerId }, { call }) => {
    const { kept, replaced } = keptTakes(await takesOfAnswer(database, answerId))
    const owner = answerOwner(answerId)
    const idsOf = (takes: typeof kept) => takes.map(({ fileId }) => fileId)
    if (kept.length > 0) await media.keepFiles({ owner, fileIds: idsOf(kept) }, call)
    // Those further back have been released.
    const released = idsOf(replaced).slice(-maxFilesPerErasure)
    if (released.length > 0) await media.releaseFiles({ owner, fileIds: released }, call)
  })
}
