import type { FeedEvent } from '@cenopie/platform-contract'
import type { FastifyInstance } from 'fastify'
import { compile } from '../../compile.ts'
import { permitted, withinDeadline } from '../../invoke.ts'
import { StreamCall } from '../../stream.ts'
import type { BoundFeed } from '../../stream.ts'
import { abandonment } from '../abandonment.ts'
import { arrives } from '../identify.ts'
import { contextOf, merged, ownLimit, pathFields, routeOf } from '../routes.ts'
import { byHand, oneLine } from './by-hand.ts'
import { writeEvents } from './events.ts'
import type { StreamOptions } from './mount.ts'

/** A feed is asked anew who reads it as often as access tokens are renewed: nobody sees more for having stayed. */
const longestMs = 5 * 60_000
const longestId = 512

/** Events for the outside, as the HTML standard has them (§9.2). */
export function mountFeed(
  server: FastifyInstance,
  bound: BoundFeed,
  { user, requestMs, idleMs, feeds }: StreamOptions,
): void {
  const { stream, handler, log } = bound
  const compiled = compile({ ...stream, output: stream.event }, 'text')
  const inPath = pathFields(stream.path)
  const textOf = ({ id, data }: FeedEvent<unknown>) => {
    if (id !== undefined && !/^[^\0\r\n]*$/.test(id)) throw new TypeError('an id of an event is one line')
    return `${id === undefined ? '' : `id: ${id}\n`}data: ${compiled.stringify?.(data)}\n\n`
  }

  server.route({
    method: 'GET',
    url: routeOf(stream.path),
    exposeHeadRoute: false,
    config: ownLimit(stream) ?? {},
    onRequest: arrives(user, stream),
    handler: async (request, reply) => {
      const input = compiled.validate(merged(request, true, inPath))
      const lastEventId = oneLine('Last-Event-ID', request.headers['last-event-id'], longestId)
      const context = contextOf(request, requestMs)
      const leave = feeds.enter(request.actor.kind === 'user' ? request.actor.id : request.ip)
      const long = new AbortController()
      const timer = setTimeout(() => long.abort(), longestMs)
      const signal = AbortSignal.any([long.signal, feeds.over, abandonment(reply.raw)])
      const call = new StreamCall({
        context,
        log,
        signal,
        eachMs: requestMs,
        address: request.ip,
        userAgent: request.headers['user-agent'],
        lastEventId,
      })
      try {
        const events = await withinDeadline({ ...context, signal }, () => handler(input, call)).catch(
          (error: unknown) => {
            throw permitted({ ...bound, faults: stream.faults }, error, context)
          },
        )
        if (!events) return await reply.code(204).send()
        await byHand(request, reply, 'feed', async (begin) => {
          begin(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
          reply.raw.setTimeout(idleMs)
          return writeEvents(events, reply.raw, { signal, textOf })
        })
        return reply
      } finally {
        long.abort()
        clearTimeout(timer)
        leave()
      }
    },
  })
}
