import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Content } from '@cenopie/platform-contract'

/** A content whose bytes are all here. Its entity tag is their SHA-256, hexadecimal. */
export function inMemory(
  bytes: Buffer,
  about: Pick<Content, 'mediaType' | 'cacheControl' | 'disposition'>,
): Content {
  return {
    ...about,
    bytes: bytes.length,
    etag: createHash('sha256').update(bytes).digest('hex'),
    open: (range) => Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]),
  }
}
