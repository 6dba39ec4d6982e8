import rateLimit from '@fastify/rate-limit'
import { Fault, anonymous, faults } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import type { Logger } from '@cenopie/platform-telemetry'
import { requestDuration, requestIdFrom, traceparentFrom } from '@cenopie/platform-telemetry'
import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { faultOf, sendFault } from './errors.ts'
import { readForms } from './forms.ts'
import { refuseMalformed, refuseUnreadable } from './malformed.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    /** Whether another module calls, with a verified token. */
    internal: boolean
    traceparent: string
    /** Code of the problem that was answered, for the log. */
    faultCode: string | undefined
  }
}

export interface ServerOptions {
  log: Logger
  trustProxy: boolean
  /** Requests per minute for one actor, or one address without an actor. */
  rateLimit: number
  requestMs: number
}

/** The HTTP edge without any route: identity of requests, limits, errors, one log line each. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    trustProxy: options.trustProxy,
    genReqId: (request) => requestIdFrom(request.headers['x-request-id']),
    requestIdHeader: false,
    connectionTimeout: 0,
    requestTimeout: options.requestMs,
    // Node looks for late requests this often; its default is 30 s.
    http: { connectionsCheckingInterval: Math.min(options.requestMs, 5_000) },
    frameworkErrors: refuseUnreadable(options.log),
    clientErrorHandler: refuseMalformed,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
  })
  server.decorateRequest('actor')
  server.decorateRequest('internal', false)
  server.decorateRequest('traceparent', '')
  server.decorateRequest('faultCode')
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
    // A call between modules is no request of the outside: in one process nobody would count it.
    allowList: (request) => request.internal,
    keyGenerator: (request) => (request.actor.kind === 'user' ? request.actor.id : request.ip),
    errorResponseBuilder: (_request, context) =>
      new Fault(faults.rateLimited, { retryAfter: context.ttl / 1000 }),
  })
  answerFaults(server, options.log)
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
  // Fields that are known and no secrets: searching each line for some took a fifteenth of a small request.
  const requests = log.child({}, { redact: [] })
  server.addHook('onResponse', (request, reply, next) => {
    const ms = Math.round(reply.elapsedTime * 100) / 100
    const route = request.routeOptions.url ?? 'none'
    requestDuration.observe({ method: request.method, route, status: reply.statusCode }, ms / 1000)
    requests.info(
      {
        requestId: request.id,
        trace: request.traceparent.slice(3, 35),
        actor: request.actor.kind === 'user' ? request.actor.id : request.actor.kind,
        method: request.method,
        route,
        status: reply.statusCode,
        fault: request.faultCode,
        ms,
      },
      'request',
    )
    next()
  })
}
