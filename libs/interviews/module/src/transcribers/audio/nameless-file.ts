import { randomUUID } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A temporary file that only its handle leads to: it has lost its name before the first byte is written, so a killed
 * process leaves nobody's voice behind. A child that is given the handle can open it as `/dev/stdin`.
 */
export async function withNamelessFile<T>(use: (file: FileHandle) => Promise<T>): Promise<T> {
  const path = join(tmpdir(), `cenopie-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    return await use(file)
  } finally {
    await file.close()
  }
}
