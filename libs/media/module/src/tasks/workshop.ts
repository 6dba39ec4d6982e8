import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createWriteStream } from 'node:fs'
import { workIn } from '../storage/disk-store.ts'
import type { ObjectStore } from '../storage/object-store.ts'

/** Folders in which steps work: beside the store's, so that what is made there can be moved and need not be copied. */
export function workshopIn(root: string) {
  const folder = workIn(root)
  const remove = (name: string) => rm(join(folder, name), { recursive: true, force: true })
  return {
    /** A folder for one run of a file's step: gone when `work` ends, with everything in it. */
    async within<T>(fileId: string, step: string, work: (folder: string) => Promise<T>): Promise<T> {
      await mkdir(folder, { recursive: true })
      const own = await mkdtemp(join(folder, prefix(fileId, step)))
      try {
        return await work(own)
      } finally {
        await rm(own, { recursive: true, force: true })
      }
    },
    /** Removes what killed runs left of a file, or of a step that needs no further run. */
    async clear(fileId: string, step?: string): Promise<void> {
      await mkdir(folder, { recursive: true })
      for (const name of await readdir(folder)) if (name.startsWith(prefix(fileId, step))) await remove(name)
    },
    /** Removes what killed processes left, whatever it is of. No step runs for as long. */
    async tidy(olderThan: Date): Promise<void> {
      await mkdir(folder, { recursive: true })
      for (const name of await readdir(folder)) {
        const found = await stat(join(folder, name)).catch(() => undefined)
        if (found && found.mtime < olderThan) await remove(name)
      }
    },
  }
}

const prefix = (fileId: string, step?: string) => (step ? `${fileId}-${step}-` : `${fileId}-`)

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
