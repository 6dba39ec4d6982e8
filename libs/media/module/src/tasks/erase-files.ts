import { task } from '@cenopie/platform-contract'
import { handle } from '@cenopie/platform-outbox'
import { z } from 'zod'
import type { Erase } from '../operations/erase.ts'

/** Removes files one after the other; a second run goes on where the first was killed. */
export const eraseFilesTask = task(
  'media.erase-files',
  z.strictObject({ fileIds: z.array(z.uuid()).max(500) }),
  { timeoutSeconds: 600 },
)

export function eraseFilesHandler(erase: Erase) {
  return handle(eraseFilesTask, async ({ fileIds }, run) => {
    for (const fileId of fileIds) {
      run.signal.throwIfAborted()
      await erase(fileId, run.call)
    }
  })
}
