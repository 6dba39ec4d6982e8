import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuseMalformed } from './malformed.ts'

/** Of requests whose body is still to come: until when it has to be there. */
const arrivals = new WeakMap<IncomingMessage, { ms: number; timer: NodeJS.Timeout }>()

/**
 * Gives the body of a request a time to arrive in, as `requestTimeout` of `node:http` would, which knows no exceptions:
 * an upload may take as long as it goes on.
 */
export function expectBody(request: IncomingMessage, response: ServerResponse, ms: number): void {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers
  if (length === undefined && coding === undefined) return
  const timer = setTimeout(() => {
    if (response.headersSent) request.socket.destroy()
    else refuseMalformed(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), request.socket)
  }, ms)
  arrivals.set(request, { ms, timer })
  const arrived = () => clearTimeout(timer)
  request.once('end', arrived)
  request.once('close', arrived)
}

/** Lets the rest of a body take its time while somebody reads it; once that is answered, what still comes may not. */
export function takeTime(request: IncomingMessage, response: ServerResponse): void {
  const arrival = arrivals.get(request)
  if (!arrival) return
  clearTimeout(arrival.timer)
  response.once('finish', () => {
    if (!request.complete) expectBody(request, response, arrival.ms)
  })
}
