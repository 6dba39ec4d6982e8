import { defaultBodyLimit, invalid } from '@cenopie/platform-contract'
import type { Actor, CallContext, RateLimit } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HandlerCall } from '../call.ts'
import { compile } from '../compile.ts'
import { once } from '../idempotency.ts'
import type { Answer } from '../idempotency.ts'
import { invoke, withinDeadline } from '../invoke.ts'
import type { Bound } from '../invoke.ts'
import { arrives } from './identify.ts'
import type { VerifyUser } from './identify.ts'
import { sendPage } from './pages.ts'

export interface RouteOptions {
  user: VerifyUser
  database: Database
  requestMs: number
}

/** Mounts one operation for the outside: who, what, then the same `invoke` as a call between modules. */
export function mount(server: FastifyInstance, bound: Bound, options: RouteOptions): void {
  const { operation } = bound
  const reads = operation.method === 'GET' || operation.method === 'DELETE'
  const compiled = compile(operation, reads ? 'text' : 'json')
  const inPath = pathFields(operation.path)

  async function answer(input: Record<string, unknown>, call: HandlerCall): Promise<Answer> {
    return { status: operation.status, body: await invoke(bound, compiled, input, call) }
  }

  function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
    reply.code(status)
    if (operation.sensitive) reply.header('cache-control', 'no-store')
    if (body === undefined) return reply.send()
    if (operation.mediaType) return sendPage(reply, body, operation.pageNeeds)
    return reply.header('content-type', 'application/json; charset=utf-8').send(body)
  }

  server.route({
    method: operation.method,
    url: routeOf(operation.path),
    bodyLimit: operation.bodyLimit ?? defaultBodyLimit,
    config: {
      forms: operation.forms ?? false,
      mediaType: operation.mediaType,
      ...ownLimit(operation),
    },
    onRequest: arrives(options.user, operation),
    handler: async (request, reply) => {
      const input = compiled.validate(merged(request, reads, inPath))
      const context = contextOf(request, options.requestMs)
      const call = new HandlerCall(context, bound.log, {
        address: request.ip,
        userAgent: request.headers['user-agent'],
      })
      const key = request.headers['idempotency-key']
      if (operation.method === 'GET' || key === undefined || operation.sensitive) {
        return send(reply, await withinDeadline(context, () => answer(input, call)))
      }
      const target = `${operation.method} ${request.url}`
      const longestMs = context.deadline - Date.now()
      const first = { key: String(key), actor: request.actor, target, input, longestMs, log: bound.log }
      // The deadline is outside: an answer that comes too late for this request is stored for its retry.
      const stored = await withinDeadline(context, () =>
        // The effect was not committed yet when `invoke` had the outbox looked at.
        once(options.database, first, () => answer(input, call)).finally(bound.afterWrite),
      )
      if (stored.replayed) reply.header('idempotency-replayed', 'true')
      return send(reply, stored)
    },
  })
}

/** `{name}` of a contract's paths, as routers write it. */
export const routeOf = (path: string) => path.replace(/\{(\w+)\}/g, ':$1')

export const pathFields = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)

/** A limit of its own, for the plugin that counts. */
export function ownLimit({ rateLimit }: { rateLimit?: RateLimit }) {
  return rateLimit && { rateLimit: { max: rateLimit.max, timeWindow: rateLimit.windowSeconds * 1000 } }
}

/** Path parameters and, by method, query or body as one flat input. A body cannot override its path. */
export function merged(
  request: FastifyRequest,
  reads: boolean,
  inPath: readonly string[],
): Record<string, unknown> {
  const source = reads ? request.query : request.body
  if (source !== undefined && source !== null && (typeof source !== 'object' || Array.isArray(source))) {
    throw invalid({ field: 'body', message: 'must be a JSON object' })
  }
  const input = { ...(source as Record<string, unknown> | null | undefined) }
  const params = request.params as Record<string, unknown>
  for (const name of inPath) {
    if (name in input) throw invalid({ field: name, message: 'stands in the path and nowhere else' })
    input[name] = params[name]
  }
  return input
}

export function contextOf(request: FastifyRequest, requestMs: number): CallContext<Actor> {
  return {
    actor: request.actor,
    requestId: request.id,
    traceparent: request.traceparent,
    deadline: Date.now() + requestMs,
  }
}
