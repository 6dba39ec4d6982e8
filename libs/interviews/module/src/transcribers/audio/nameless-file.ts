import { randomUUID } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A temporary file that only its handle leads to: it has lost its name before the first byte is written, so a killed
 * process leaves nobody's voice behind. A child that is given the handle opens it as `/dev/stdin`; for whoever wants a
 * path, this process and its children, there is one as long as the handle is open (Linux).
 */
export async function withNamelessFile<T>(use: (file: FileHandle, path: string) => Promise<T>): Promise<T> {
  const name = join(tmpdir(), `cenopie-${randomUUID()}`)
  const file = await open(name, 'wx+', 0o600)
  try {
    await unlink(name)
    return await use(file, `/proc/${process.pid}/fd/${file.fd}`)
  } finally {
    await file.close()
  }
}
