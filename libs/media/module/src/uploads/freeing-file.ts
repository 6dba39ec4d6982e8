import { open, type FileHandle } from 'node:fs/promises'
import { Writable } from 'node:stream'

/**
 * Writes into a file from `start` on and gives the memory of each buffer back as soon as it is written. Left to V8, which
 * counts it against its heap, the whole heap is looked through for every 16 to 32 MB that come; with the 70 MB of the
 * monolith that took longer than receiving them.
 */
export function freeingFile(path: string, start: number): Writable {
  let file: FileHandle | undefined
  let at = start
  const append = async (pieces: Buffer[]) => {
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
    const { bytesWritten = 0 } = (await file?.writev(pieces, at)) ?? {}
    at += bytesWritten
    if (bytesWritten < bytes) throw new Error(`the disk took ${bytesWritten} of ${bytes} bytes`)
    pieces.forEach(free)
  }
  return new Writable({
    highWaterMark: 2 ** 18,
    construct(done) {
      open(path, 'r+').then((opened) => {
        file = opened
        done()
      }, done)
    },
    write: (piece: Buffer, _encoding, done) => void append([piece]).then(() => done(), done),
    writev: (pieces, done) =>
      void append(pieces.map(({ chunk }) => chunk as Buffer)).then(() => done(), done),
    destroy(error, done) {
      if (file) file.close().then(() => done(error), done)
      else done(error)
    },
  })
}

/** Whoever shares its memory with other buffers is left alone. */
function free({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0)
}
