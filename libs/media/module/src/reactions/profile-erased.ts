import { react, type Outbox } from '@cenopie/platform-outbox'
import { profileErased } from '@cenopie/users-contract'
import { filesOfUser } from '../data/erasure.ts'
import { eraseFilesTask } from '../tasks/erase-files.ts'

const batch = 500

/** Whoever erases their profile takes their files with them; the objects go in the background. */
export function eraseOnProfileErased(outbox: Outbox) {
  return react(profileErased, 'media.erase-files', async ({ payload }, tx, call) => {
    const fileIds = await filesOfUser(tx, payload.userId)
    for (let at = 0; at < fileIds.length; at += batch)
      await outbox.enqueue(tx, call, eraseFilesTask, { fileIds: fileIds.slice(at, at + batch) })
  })
}
