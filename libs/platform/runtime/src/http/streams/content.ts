import { compile } from '../../compile.ts'
import { contentOf } from '../../content.ts'
import type { BoundContent } from '../../stream.ts'
import { abandonment } from '../abandonment.ts'
import { arrives } from '../identify.ts'
import { contextOf, merged, ownLimit, pathFields, routeOf } from '../routes.ts'
import { byHand } from './by-hand.ts'
import type { StreamOptions } from './mount.ts'
import { sendContent } from './send-content.ts'
import type { FastifyInstance } from 'fastify'

/** Bytes for the outside: who, what, then as the RFC has it. */
export function mountContent(
  server: FastifyInstance,
  bound: BoundContent,
  { user, requestMs, idleMs }: StreamOptions,
): void {
  const { stream } = bound
  const compiled = compile(stream, 'text')
  const inPath = pathFields(stream.path)

  server.route({
    method: ['GET', 'HEAD'],
    url: routeOf(stream.path),
    config: ownLimit(stream) ?? {},
    onRequest: arrives(user, stream),
    handler: async (request, reply) => {
      const input = compiled.validate(merged(request, true, inPath))
      const call = { ...contextOf(request, requestMs), signal: abandonment(reply.raw) }
      const client = { address: request.ip, userAgent: request.headers['user-agent'] }
      await byHand(request, reply, 'content', async (begin) => {
        const content = await contentOf(bound, () => input, call, client)
        const refusal = (headers: Record<string, string>) => void reply.headers(headers)
        return sendContent(content, request.raw, reply.raw, { call, idleMs, begin, refusal })
      })
      return reply
    },
  })
}
