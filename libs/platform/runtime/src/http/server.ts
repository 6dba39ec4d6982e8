import type { RequestListener, Server } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import { Fault, anonymous, faults } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import { requestIdFrom, traceparentFrom } from '@cenopie/platform-telemetry'
import fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { internalHeader } from '../connect.ts'
import { expectBody } from './arrival.ts'
import { faultOf, sendFault } from './errors.ts'
import { readForms } from './forms.ts'
import { refuseMalformed, refuseUnreadable } from './malformed.ts'
import { recorder } from './record.ts'
import type { Sent } from './record.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    traceparent: string
    /** Code of the problem that was answered, for the log. */
    faultCode: string | undefined
  }
  interface FastifyInstance {
    /** Logs and measures a request. */
    recordRequest(request: FastifyRequest, reply: FastifyReply, sent?: Sent): void
    /** Logs why a stream broke off. */
    streamFailed(request: FastifyRequest, error: unknown): void
  }
}

export interface ServerOptions {
  log: Logger
  trustProxy: boolean
  /** Requests per minute for one actor, or one address without an actor. */
  rateLimit: number
  requestMs: number
  /** Takes the requests of other modules. */
  entrance: RequestListener
}

// Not an `import`: naming exports of node:http makes Node load its whole fetch, 90 ms of a start.
const { createServer: createListener } = process.getBuiltinModule('node:http')

/** The HTTP edge without any route: identity of requests, limits, errors, one log line each. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    trustProxy: options.trustProxy,
    genReqId: (request) => requestIdFrom(request.headers['x-request-id']),
    requestIdHeader: false,
    serverFactory: (edge) => listener(edge, options),
    frameworkErrors: refuseUnreadable(options.log),
    clientErrorHandler: refuseMalformed,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
  })
  server.decorateRequest('actor')
  server.decorateRequest('traceparent', '')
  server.decorateRequest('faultCode')
  server.decorateRequest('byHand', false)
  readJson(server)
  readForms(server)
  server.addHook('onRequest', (request, reply, next) => {
    request.actor = anonymous
    request.traceparent = traceparentFrom(request.headers['traceparent'])
    reply.header('x-request-id', request.id)
    reply.header('traceparent', request.traceparent)
    reply.header('x-content-type-options', 'nosniff')
    next()
  })
  logRequests(server, options.log)
  await server.register(rateLimit, {
    max: options.rateLimit,
    timeWindow: 60_000,
    hook: 'preHandler',
    enableDraftSpec: true,
    keyGenerator: (request) => (request.actor.kind === 'user' ? request.actor.id : request.ip),
    errorResponseBuilder: (_request, context) =>
      new Fault(faults.rateLimited, { retryAfter: context.ttl / 1000 }),
  })
  answerFaults(server, options.log)
  return server
}

/** One port, two doors: a module shows a token in a header that no gateway lets in. */
function listener(edge: RequestListener, { entrance, requestMs }: ServerOptions): Server {
  const server = createListener(
    {
      // Bodies have a time of their own, which streams do without.
      requestTimeout: 0,
      headersTimeout: requestMs,
      // Node looks for late requests this often; its default is 30 s.
      connectionsCheckingInterval: Math.min(requestMs, 5_000),
      keepAliveTimeout: 65_000,
    },
    (request, response) => {
      expectBody(request, response, requestMs)
      if (!(internalHeader in request.headers)) return edge(request, response)
      // A connection that is kept alive would keep a server that wants to close.
      if (!server.listening) response.shouldKeepAlive = false
      entrance(request, response)
    },
  )
  return server
}

/** Every failure as a problem. Who only guesses, at tokens or at paths, is limited by address. */
function answerFaults(server: FastifyInstance, log: Logger): void {
  const guesses = server.createRateLimit({ keyGenerator: (request) => request.ip })
  server.setErrorHandler(async (error, request, reply) => {
    const fault = faultOf(error)
    // A fault was logged where it was raised.
    if (fault !== error && fault.type.kind === 'internal')
      log.error({ err: error, requestId: request.id }, 'request failed')
    if (fault.type.kind !== 'unauthenticated') return sendFault(reply, request, fault)
    const limit = await guesses(request)
    const exceeded = !limit.isAllowed && limit.isExceeded
    return sendFault(
      reply,
      request,
      exceeded ? new Fault(faults.rateLimited, { retryAfter: limit.ttlInSeconds }) : fault,
    )
  })
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) =>
    sendFault(reply, request, new Fault(faults.notFound)),
  )
}

/** JSON only; an empty body counts as no body. */
function readJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body as string, done)
  })
}

function logRequests(server: FastifyInstance, log: Logger): void {
  const record = recorder(log)
  server.decorate('recordRequest', (request: FastifyRequest, reply: FastifyReply, sent?: Sent) =>
    record({
      requestId: request.id,
      traceparent: request.traceparent,
      actor: request.actor,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      fault: request.faultCode,
      ms: reply.elapsedTime,
      sent,
    }),
  )
  server.decorate('streamFailed', (request: FastifyRequest, error: unknown) =>
    log.error({ err: error, requestId: request.id }, 'a stream broke off'),
  )
  server.addHook('onResponse', (request, reply, next) => {
    if (!request.byHand) server.recordRequest(request, reply)
    next()
  })
}
