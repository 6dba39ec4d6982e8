import type { OutgoingHttpHeaders } from 'node:http'
import { Fault, faults } from '@cenopie/platform-contract'
import { streamsOpen } from '@cenopie/platform-telemetry'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sent } from '../record.ts'
import type { Begin } from './send-content.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Its answer is written by hand, and its record kept by whoever writes. */
    byHand: boolean
  }
}

/**
 * Lets `work` write the answer: with the headers that the edge has gathered, and one record at its end. Until `begin` is
 * called a failure is answered as any other; afterwards the connection breaks.
 */
export async function byHand(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: 'content' | 'feed' | 'protocol',
  work: (begin: Begin) => Promise<Sent>,
): Promise<void> {
  const { raw } = reply
  let firstByteMs: number | undefined
  // Of a protocol, which says no `begin`: when its handler got the request.
  const receivedMs = reply.elapsedTime
  const begin: Begin = (status, headers) => {
    firstByteMs = reply.elapsedTime
    request.byHand = true
    reply.hijack().code(status)
    raw.writeHead(status, { ...reply.getHeaders(), ...headers } as OutgoingHttpHeaders)
  }
  const open = streamsOpen.labels({ kind })
  open.inc()
  try {
    const sent = await work(begin)
    if (sent.cause !== undefined) request.server.streamFailed(request, sent.cause)
    request.server.recordRequest(request, reply, { ...sent, firstByteMs: firstByteMs ?? receivedMs })
  } catch (error) {
    if (firstByteMs === undefined) throw error
    request.server.streamFailed(request, error)
    raw.destroy()
  } finally {
    open.dec()
  }
}

/** One line, as header and event stream have it. */
export function oneLine(
  field: string,
  given: string | string[] | undefined,
  longest: number,
): string | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string' && given.length <= longest) return given
  throw new Fault(faults.invalidInput, {
    errors: [{ field, message: `must be at most ${longest} characters` }],
  })
}
