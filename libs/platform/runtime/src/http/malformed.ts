import type { Socket } from 'node:net'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import { requestIdFrom } from '@cenopie/platform-telemetry'
import type { Logger } from '@cenopie/platform-telemetry'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemOf } from '../problem.ts'
import { faultOf, sendFault } from './errors.ts'

// Not an `import`: naming exports of this module makes Node load its whole fetch, 90 ms of a start.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** What the router cannot read. No hook runs for it, so it is logged here. */
export function refuseUnreadable(log: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const fault = faultOf(error)
    void sendFault(reply, request, fault)
    const { id, method } = request
    log.info({ requestId: id, method, route: 'none', status: reply.statusCode, fault: fault.code }, 'request')
  }
}

/** What Node's parser gives up on before there is a request: broken HTTP, endless headers, a body that stops. */
export function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const problem = problemOf(malformed(error.code), requestIdFrom(undefined))
    const body = JSON.stringify(problem)
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
  socket.destroy()
}

function malformed(code: string | undefined): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Fault(faults.requestTimeout)
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Fault(faults.payloadTooLarge, { detail: 'The headers are larger than allowed.' })
  }
  return invalid({ field: 'request', message: 'is not HTTP' })
}
