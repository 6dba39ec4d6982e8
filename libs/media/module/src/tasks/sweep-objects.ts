import type { Schedule } from '@cenopie/platform-outbox'
import { removeUnreferenced, unknownBlobs } from '../data/blobs.ts'
import { erasedBefore } from '../data/erasure.ts'
import { forget } from './run-step.ts'
import type { Works } from './step-context.ts'

const hour = 3600_000
const folders = 256
const batch = 500

type Sweeping = Pick<Works, 'database' | 'store'>

/**
 * Removes objects that no row names: a process wrote them and died before it noticed that their file had been erased. A
 * run looks at one folder of blobs, so that in eleven days all are seen, and at the files of an hour.
 */
export function sweepObjects(works: Sweeping): Schedule {
  return {
    name: 'sweep-objects',
    everySeconds: hour / 1000,
    async run(_call, signal) {
      await sweepErased(works, signal)
      const folder = Math.floor(Date.now() / hour) % folders
      await sweepBlobs(works, folder.toString(16).padStart(2, '0'), signal)
    },
  }
}

/** Of files that were erased so long ago that no step of them runs any more; each is seen twice, should a run be late. */
async function sweepErased({ database, store }: Sweeping, signal: AbortSignal): Promise<void> {
  for (const fileId of await erasedBefore(database, { fromHours: 5, toHours: 3 })) {
    signal.throwIfAborted()
    await forget({ store }, fileId)
  }
}

export async function sweepBlobs(works: Sweeping, folder: string, signal: AbortSignal): Promise<void> {
  let hashes: string[] = []
  for await (const { key } of works.store.list(`blobs/${folder}/`)) {
    signal.throwIfAborted()
    hashes.push(key.slice(key.lastIndexOf('/') + 1))
    if (hashes.length < batch) continue
    await removeUnknown(works, hashes)
    hashes = []
  }
  await removeUnknown(works, hashes)
}

async function removeUnknown({ database, store }: Sweeping, hashes: readonly string[]): Promise<void> {
  for (const sha256 of await unknownBlobs(database, hashes)) await removeUnreferenced(database, store, sha256)
}
