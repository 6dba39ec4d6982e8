import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import { permitted } from '../../invoke.ts'
import { StreamCall } from '../../stream.ts'
import type { BoundProtocol } from '../../stream.ts'
import { abandonment } from '../abandonment.ts'
import { takeTime } from '../arrival.ts'
import { arrives } from '../identify.ts'
import { contextOf, ownLimit } from '../routes.ts'
import { byHand } from './by-hand.ts'
import type { StreamOptions } from './mount.ts'

/** A protocol of others: its handler gets the request as it came, body and all, once it is clear who asks. */
export function mountProtocol(
  server: FastifyInstance,
  bound: BoundProtocol,
  { user, requestMs, idleMs }: StreamOptions,
): void {
  const { stream, handler, log } = bound

  // A world of its own, where no body is read by anybody else.
  void server.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const url of [stream.path, `${stream.path}/*`]) {
      raw.route({
        method: [...stream.methods],
        url,
        exposeHeadRoute: false,
        config: ownLimit(stream) ?? {},
        onRequest: arrives(user, stream),
        handler: async (request, reply) => {
          const { raw: incoming } = request
          const { raw: response } = reply
          const context = contextOf(request, requestMs)
          const call = new StreamCall({
            context,
            log,
            signal: abandonment(response),
            eachMs: requestMs,
            address: request.ip,
            userAgent: request.headers['user-agent'],
          })
          await byHand(request, reply, 'protocol', async () => {
            const received = countReceived(incoming)
            takeTime(incoming, response)
            response.setTimeout(idleMs)
            request.byHand = true
            for (const [name, value] of Object.entries(reply.getHeaders()))
              if (value !== undefined) response.setHeader(name, value)
            try {
              await handler(incoming, response, call).finally(bound.afterWrite)
              reply.hijack()
              await finished(response)
              return { bytes: received() }
            } catch (error) {
              if (response.destroyed) return { bytes: received(), cut: 'by the reader' }
              const fault = permitted({ ...bound, faults: stream.faults }, error, context)
              if (response.headersSent) {
                response.destroy()
                return { bytes: received(), cut: 'by us' }
              }
              for (const name of response.getHeaderNames()) response.removeHeader(name)
              request.byHand = false
              throw fault
            }
          })
          return reply
        },
      })
    }
  })
}

/** Counts the body as it comes in. Listening for it would make it flow before the handler is there to read. */
function countReceived(request: IncomingMessage): () => number {
  let bytes = request.readableLength
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding) => {
    bytes += chunk?.length ?? 0
    return push(chunk, encoding)
  }
  return () => bytes
}
