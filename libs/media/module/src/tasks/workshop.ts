import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createWriteStream } from 'node:fs'
import type { ObjectStore } from '../storage/object-store.ts'

/** Folders in which steps work: beside the store's, so that what is made there can be moved and need not be copied. */
export function workshopIn(root: string) {
  const folder = join(root, 'work')
  return {
    /** Gone when `work` ends, with everything in it. */
    async within<T>(work: (folder: string) => Promise<T>): Promise<T> {
      await mkdir(folder, { recursive: true })
      const own = await mkdtemp(join(folder, 'step-'))
      try {
        return await work(own)
      } finally {
        await rm(own, { recursive: true, force: true })
      }
    },
    /** Removes what killed processes left. No step runs for as long. */
    async tidy(olderThan: Date): Promise<void> {
      await mkdir(folder, { recursive: true })
      for (const name of await readdir(folder)) {
        const found = await stat(join(folder, name)).catch(() => undefined)
        if (found && found.mtime < olderThan) await rm(join(folder, name), { recursive: true, force: true })
      }
    },
  }
}
export type Workshop = ReturnType<typeof workshopIn>

/** Where programs of this machine can read an object: where it lies, or a copy in `folder`. */
export async function localCopy(
  store: ObjectStore,
  key: string,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  if (store.path) return store.path(key)
  const path = join(folder, 'source')
  await pipeline(await store.read(key), createWriteStream(path), { signal })
  return path
}
