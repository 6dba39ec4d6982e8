import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkedKey, NoSuchObject, type ObjectStore } from './object-store.ts'

/** Where unfinished things lie, on the disk that they will stay on. What is old there, a killed process left. */
export const workIn = (folder: string) => join(folder, 'work')

/** Objects as files below `folder`. What is being written lies among the unfinished until it is whole and on the disk. */
export function diskStore(folder: string): ObjectStore {
  const objects = join(folder, 'objects')
  const unfinished = workIn(folder)
  const pathOf = (key: string) => join(objects, checkedKey(key))

  return {
    async write(key, source, signal) {
      const path = pathOf(key)
      await mkdir(unfinished, { recursive: true })
      const own = join(unfinished, `object-${randomUUID()}`)
      try {
        const file = createWriteStream(own, { flush: true })
        await pipeline(source, file, { ...(signal && { signal }) })
        await place(own, path)
        return file.bytesWritten
      } catch (error) {
        await rm(own, { force: true })
        throw error
      }
    },
    async take(key, from) {
      await using file = await open(from, 'r+')
      await file.sync()
      await place(from, pathOf(key))
    },
    async read(key, range) {
      const file = await open(pathOf(key)).catch(missing(key))
      return createReadStream('', { fd: file, ...range })
    },
    async stat(key) {
      const found = await stat(pathOf(key)).catch(absent)
      return found?.isFile() ? { key, bytes: found.size } : undefined
    },
    async remove(key) {
      const path = pathOf(key)
      await rm(path, { force: true })
      await removeEmpty(dirname(path), objects)
    },
    async *list(prefix) {
      const entries = await readdir(pathOf(prefix), { recursive: true, withFileTypes: true }).catch(absent)
      for (const entry of entries ?? []) {
        if (!entry.isFile()) continue
        const path = join(entry.parentPath, entry.name)
        const found = await stat(path).catch(absent)
        if (found) yield { key: relative(objects, path).replaceAll(sep, '/'), bytes: found.size }
      }
    },
    path: pathOf,
    close() {},
  }
}

/** A folder that became empty and was removed in this moment is made again. */
async function place(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await mkdir(dirname(to), { recursive: true })
    try {
      return await rename(from, to)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt === 5) throw error
    }
  }
}

async function removeEmpty(folder: string, root: string): Promise<void> {
  for (let at = folder; at !== root && at.startsWith(root); at = dirname(at)) {
    try {
      await rmdir(at)
    } catch {
      return
    }
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
  throw error as Error
}

const missing =
  (key: string) =>
  (error: unknown): never => {
    if (codeOf(error) === 'ENOENT') throw new NoSuchObject(key)
    throw error as Error
  }
