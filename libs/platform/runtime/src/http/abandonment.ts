import type { ServerResponse } from 'node:http'

/** Aborts when the other side closes the connection before it has its answer: nobody waits for it any more. */
export function abandonment(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}
