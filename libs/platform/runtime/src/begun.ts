import { once } from 'node:events'
import type { Readable } from 'node:stream'

/** Resolves when there is something to read, or nothing any more; rejects when the source fails. */
export async function begun(source: Readable): Promise<void> {
  if (source.errored) throw source.errored
  if (source.readableLength > 0 || source.readableEnded) return
  const heard = new AbortController()
  try {
    await Promise.race(
      ['readable', 'end', 'close'].map((name) => once(source, name, { signal: heard.signal })),
    )
  } finally {
    heard.abort()
  }
}
