import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Fault, anonymous, defaultBodyLimit, faults, invalid } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import { requestIdFrom, traceparentFrom } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'
import Router from 'find-my-way'
import { HandlerCall } from '../call.ts'
import { compile } from '../compile.ts'
import { contentOf } from '../content.ts'
import { internalHeader } from '../connect.ts'
import type { InternalTokens } from '../identity/internal-token.ts'
import { invoke, withinDeadline } from '../invoke.ts'
import type { Bound } from '../invoke.ts'
import { problemOf, statusOf } from '../problem.ts'
import type { BoundContent } from '../stream.ts'
import { abandonment } from './abandonment.ts'
import { recorder } from './record.ts'
import type { Sent } from './record.ts'
import { routeOf } from './routes.ts'
import { sendContent } from './streams/send-content.ts'
import type { Begin } from './streams/send-content.ts'

/** Where other modules come in, with a token of their own. */
export interface Entrance {
  mount(bound: Bound): void
  mountContent(bound: BoundContent): void
  handle: RequestListener
}

/** An hour: no module waits longer, and timers can count it. */
const longestMs = 3_600_000

interface Visit {
  request: IncomingMessage
  response: ServerResponse
  requestId: string
  traceparent: string
  startedAt: number
}

/**
 * Beside the edge, for calls between modules: the same operations through the same `invoke`, and nothing that is there
 * because of the outside: limits, forms, stored answers, headers for browsers.
 */
export function entrance(options: {
  tokens: InternalTokens
  requestMs: number
  /** How long a reader of a content may take nothing. */
  idleMs: number
  log: Logger
}): Entrance {
  const { tokens, log } = options
  const record = recorder(log)
  // Whatever is too long is refused by its schema, by name.
  const router = Router({
    maxParamLength: 16_384,
    defaultRoute: (request, response) => turnAway(request, response),
  })

  function visitOf(request: IncomingMessage, response: ServerResponse): Visit {
    return {
      request,
      response,
      requestId: requestIdFrom(request.headers['x-request-id']),
      traceparent: traceparentFrom(request.headers['traceparent']),
      startedAt: performance.now(),
    }
  }

  function answer(visit: Visit, given: Answer): void {
    send(visit.response, given)
    keep(visit, given)
  }

  function keep(
    { request, requestId, traceparent, startedAt }: Visit,
    { actor, route, status, fault, sent }: Outcome,
  ): void {
    const ms = performance.now() - startedAt
    const method = request.method as string
    record({ requestId, traceparent, actor, method, route, status, fault, ms, sent })
  }

  function callerOf(request: IncomingMessage, module: string): Actor | Promise<Actor> {
    return tokens.verify(String(request.headers[internalHeader]), module)
  }

  function contextOf({ request, response, requestId, traceparent }: Visit, actor: Actor) {
    const given = Number(request.headers['x-deadline-ms'])
    const deadline = Date.now() + (given > 0 ? Math.min(given, longestMs) : options.requestMs)
    return { actor, requestId, traceparent, deadline, signal: abandonment(response) }
  }

  function refuse(visit: Visit, route: string, actor: Actor, error: unknown): void {
    if (!(error instanceof Fault)) log.error({ err: error, requestId: visit.requestId }, 'request failed')
    const fault = error instanceof Fault ? error : new Fault(faults.internal, { cause: error })
    answer(visit, {
      actor,
      route,
      status: statusOf[fault.type.kind],
      mediaType: 'application/problem+json',
      body: JSON.stringify(problemOf(fault, visit.requestId)),
      fault: fault.code,
      retryAfter: fault.retryAfter,
    })
  }

  /** An address that leads to the wrong service, or a version that does not know the operation yet; not "no such thing". */
  function turnAway(request: IncomingMessage, response: ServerResponse): void {
    const visit = visitOf(request, response)
    log.warn(
      { method: request.method, url: request.url, requestId: visit.requestId },
      'no such operation here',
    )
    refuse(visit, 'none', anonymous, new Fault(faults.unavailable, { detail: 'No such operation here.' }))
  }

  function mount(bound: Bound): void {
    const { operation } = bound
    const reads = operation.method === 'GET' || operation.method === 'DELETE'
    const compiled = compile(operation, reads ? 'text' : 'json')
    const limit = operation.bodyLimit ?? defaultBodyLimit
    const route = routeOf(operation.path)
    const mediaType = operation.mediaType ?? 'application/json; charset=utf-8'

    router.on(operation.method, route, async (request, response, params, _store, query) => {
      const visit = visitOf(request, response)
      let actor: Actor = anonymous
      try {
        const named = callerOf(request, bound.module)
        actor = named instanceof Promise ? await named : named
        const source = reads ? query : await bodyOf(request, limit)
        const input = compiled.validate({ ...source, ...params })
        const context = contextOf(visit, actor)
        const call = new HandlerCall(context, bound.log)
        const body = await withinDeadline(context, () => invoke(bound, compiled, input, call))
        answer(visit, { actor, route, status: operation.status, mediaType, body })
      } catch (error) {
        refuse(visit, route, actor, error)
      }
    })
  }

  function mountContent(bound: BoundContent): void {
    const { stream } = bound
    const compiled = compile(stream, 'text')
    const route = routeOf(stream.path)

    router.on(['GET', 'HEAD'], route, async (request, response, params, _store, query) => {
      const visit = visitOf(request, response)
      let actor: Actor = anonymous
      let status: number | undefined
      let firstByteMs = 0
      try {
        actor = await callerOf(request, bound.module)
        const call = contextOf(visit, actor)
        const content = await contentOf(bound, () => compiled.validate({ ...query, ...params }), call)
        const begin: Begin = (begun, headers) => {
          status = begun
          firstByteMs = performance.now() - visit.startedAt
          response.writeHead(begun, headers)
        }
        const refusal = (headers: Record<string, string>) =>
          void response.setHeaders(new Map(Object.entries(headers)))
        const { idleMs } = options
        const sent = await sendContent(content, request, response, { call, idleMs, begin, refusal })
        if (sent.cause !== undefined)
          log.error({ err: sent.cause, requestId: visit.requestId }, 'a stream broke off')
        keep(visit, { actor, route, status: status ?? 0, sent: { ...sent, firstByteMs } })
      } catch (error) {
        if (status === undefined) refuse(visit, route, actor, error)
        else response.destroy()
      }
    })
  }

  return { mount, mountContent, handle: (request, response) => router.lookup(request, response) }
}

interface Outcome {
  actor: Actor
  route: string
  status: number
  fault?: string | undefined
  sent?: Sent | undefined
}

interface Answer extends Outcome {
  mediaType: string
  body: string | undefined
  retryAfter?: number | undefined
}

function send(response: ServerResponse, { status, mediaType, body, retryAfter }: Answer): void {
  if (response.destroyed) return
  const headers = retryAfter === undefined ? [] : ['retry-after', String(Math.ceil(retryAfter))]
  if (body !== undefined)
    headers.push('content-type', mediaType, 'content-length', String(Buffer.byteLength(body)))
  response.writeHead(status, headers).end(body)
}

function bodyOf(request: IncomingMessage, limit: number): Promise<object> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) reject(new Fault(faults.payloadTooLarge))
      else chunks.push(chunk)
    })
    request.on('error', (cause) => reject(new Fault(faults.unavailable, { cause })))
    request.on('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString()) as object)
      } catch {
        reject(invalid({ field: 'body', message: 'cannot be read' }))
      }
    })
  })
}
