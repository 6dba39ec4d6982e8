import type { IncomingMessage } from 'node:http'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { freeingFile } from './freeing-file.ts'
import { tusErrors } from './tus-error.ts'

export interface Receiving {
  path: string
  /** Where in the file the first byte goes. */
  offset: number
  /** More bytes are refused. */
  most: number
  /** Sees each piece before it is written. */
  look?: ((piece: Buffer) => void) | undefined
  /** Once it is aborted nothing more is taken, and what has come is written. */
  stop: AbortSignal
}

/**
 * Writes what a request sends to a file. The request itself stays whole, so that it can be answered.
 *
 * @throws TusError `too-large`; `interrupted` when the line broke, after what has come was written
 */
export async function receive(request: IncomingMessage, receiving: Receiving): Promise<void> {
  const { path, offset, most, look, stop } = receiving
  const checked = check(most, look)
  const end = () => {
    request.unpipe(checked)
    checked.end()
  }
  request.once('close', end)
  stop.addEventListener('abort', end)
  try {
    if (stop.aborted || request.destroyed) end()
    else request.pipe(checked)
    await pipeline(checked, freeingFile(path, offset))
  } finally {
    request.unpipe(checked)
    request.off('close', end)
    stop.removeEventListener('abort', end)
  }
  if (request.destroyed && !request.complete) throw tusErrors.interrupted()
}

function check(most: number, look: Receiving['look']): Transform {
  let bytes = 0
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length
      if (bytes > most) return done(tusErrors.tooLarge())
      look?.(piece)
      done(null, piece)
    },
  })
}
