import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf, statusOf } from '../problem.ts'
import { problemPage, sendPage, wantsPage } from './pages.ts'

/** What the server itself refuses before an operation sees it. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413) return new Fault(faults.payloadTooLarge)
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Fault(faults.unsupportedMediaType, { detail: 'Send application/json.' })
  }
  if (code === 'FST_ERR_BAD_URL') return invalid({ field: 'path', message: 'cannot be decoded' })
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return invalid({ field: 'path', message: 'is too long' })
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return invalid({ field: 'Content-Length', message: 'does not match the body' })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return invalid({ field: 'body', message: 'cannot be read' })
  }
  return new Fault(faults.internal, { cause: error })
}

export function sendFault(reply: FastifyReply, request: FastifyRequest, fault: Fault): FastifyReply {
  const status = statusOf[fault.type.kind]
  reply.code(status)
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(fault.retryAfter)))
  else if (status === 503) reply.header('retry-after', '1')
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  request.faultCode = fault.code
  const problem = problemOf(fault, request.id)
  if (wantsPage(request)) return sendPage(reply, problemPage(problem, request.method === 'POST'))
  reply.header('content-type', 'application/problem+json; charset=utf-8')
  return reply.send(JSON.stringify(problem))
}
