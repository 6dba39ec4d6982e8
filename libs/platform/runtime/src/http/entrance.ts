import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Fault, anonymous, defaultBodyLimit, faults, invalid } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import { requestIdFrom, traceparentFrom } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'
import Router from 'find-my-way'
import { HandlerCall } from '../call.ts'
import { compile } from '../compile.ts'
import { internalHeader } from '../connect.ts'
import type { InternalTokens } from '../identity/internal-token.ts'
import { invoke, withinDeadline } from '../invoke.ts'
import type { Bound } from '../invoke.ts'
import { problemOf, statusOf } from '../problem.ts'
import { abandonment } from './abandonment.ts'
import { recorder } from './record.ts'

/** Where other modules come in, with a token of their own. */
export interface Entrance {
  mount(bound: Bound): void
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
export function entrance(options: { tokens: InternalTokens; requestMs: number; log: Logger }): Entrance {
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
    const { request, response, requestId, traceparent } = visit
    send(response, given)
    record({
      requestId,
      traceparent,
      actor: given.actor,
      method: request.method as string,
      route: given.route,
      status: given.status,
      fault: given.fault,
      ms: performance.now() - visit.startedAt,
    })
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
    const route = operation.path.replace(/\{(\w+)\}/g, ':$1')
    const mediaType = operation.mediaType ?? 'application/json; charset=utf-8'

    router.on(operation.method, route, async (request, response, params, _store, query) => {
      const visit = visitOf(request, response)
      let actor: Actor = anonymous
      try {
        const named = tokens.verify(String(request.headers[internalHeader]), bound.module)
        actor = named instanceof Promise ? await named : named
        const source = reads ? query : await bodyOf(request, limit)
        const input = compiled.validate({ ...source, ...params })
        const given = Number(request.headers['x-deadline-ms'])
        const context = {
          actor,
          requestId: visit.requestId,
          traceparent: visit.traceparent,
          deadline: Date.now() + (given > 0 ? Math.min(given, longestMs) : options.requestMs),
          signal: abandonment(response),
        }
        const call = new HandlerCall(context, bound.log)
        const body = await withinDeadline(context, () => invoke(bound, compiled, input, call))
        answer(visit, { actor, route, status: operation.status, mediaType, body })
      } catch (error) {
        refuse(visit, route, actor, error)
      }
    })
  }

  return { mount, handle: (request, response) => router.lookup(request, response) }
}

interface Answer {
  actor: Actor
  route: string
  status: number
  mediaType: string
  body: string | undefined
  fault?: string
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
