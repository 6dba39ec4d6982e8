import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FeedEvent } from '@cenopie/platform-contract'
import type { Sent } from '../record.ts'

/** So that nobody on the way takes a quiet connection for a dead one. */
const heartbeatMs = 15_000
const heartbeat = ': \n\n'

/**
 * Writes events as they happen, no faster than they are read, until there are no more or `signal` aborts. When they
 * fail the answer ends as well: its reader comes back and hears why.
 */
export async function writeEvents(
  events: AsyncIterable<FeedEvent<unknown>>,
  response: ServerResponse,
  { signal, textOf }: { signal: AbortSignal; textOf: (event: FeedEvent<unknown>) => string },
): Promise<Sent> {
  const over = new Promise<'over'>((resolve) => {
    if (signal.aborted) resolve('over')
    signal.addEventListener('abort', () => resolve('over'), { once: true })
  })
  let bytes = 0
  const write = (text: string): boolean => {
    bytes += Buffer.byteLength(text)
    return response.write(text)
  }
  // Also sends the head, before anything happens.
  write(heartbeat)
  const beat = setInterval(() => void (response.writableNeedDrain || write(heartbeat)), heartbeatMs)
  const iterator = events[Symbol.asyncIterator]()
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), over])
      if (next === 'over' || next.done) break
      if (!write(textOf(next.value)))
        await Promise.race([once(response, 'drain', { signal }).catch(() => {}), over])
    }
    return response.destroyed ? { bytes, cut: 'by the reader' } : { bytes }
  } catch (cause) {
    // What breaks because the feed is over was told to.
    return signal.aborted ? { bytes, cut: 'by the reader' } : { bytes, cut: 'by us', cause }
  } finally {
    clearInterval(beat)
    // A generator that waits for something hears of it by the signal.
    void iterator.return?.()?.catch(() => {})
    response.end()
  }
}
