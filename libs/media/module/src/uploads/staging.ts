import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'

/** Where bytes lie until their upload is complete and the store has them: one file per upload, named by its id. */
export type Staging = ReturnType<typeof stagingIn>

/** A folder on a disk that all processes of the module share. */
export function stagingIn(folder: string) {
  const uploads = join(folder, 'uploads')
  const path = (id: string) => join(uploads, id)
  return {
    path,
    async create(id: string): Promise<void> {
      await mkdir(uploads, { recursive: true })
      await (await open(path(id), 'wx')).close()
    },
    /** How much has arrived; undefined when there is no such file. What a crash interrupted counts as far as it came. */
    async size(id: string): Promise<number | undefined> {
      try {
        return (await stat(path(id))).size
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    truncate: (id: string, bytes: number) => truncate(path(id), bytes),
    /** What is complete survives a power failure. */
    async sync(id: string): Promise<void> {
      await using file = await open(path(id), 'r+')
      await file.sync()
    },
    remove: (id: string) => rm(path(id), { force: true }),
    /** Uploads that nothing was written to since. */
    async list(before: Date): Promise<string[]> {
      await mkdir(uploads, { recursive: true })
      const old: string[] = []
      for (const id of await readdir(uploads)) {
        const found = await stat(path(id)).catch(() => undefined)
        if (found && found.mtime < before) old.push(id)
      }
      return old
    },
  }
}

/** So many bytes are hashed at once: less than a millisecond. */
const pieceBytes = 2 ** 18

/** SHA-256 of a file, hexadecimal. One buffer serves for all of it, so that nothing is left to collect. */
export async function hashOf(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafeSlow(pieceBytes)
  await using file = await open(path)
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await file.read(buffer)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
  }
}
