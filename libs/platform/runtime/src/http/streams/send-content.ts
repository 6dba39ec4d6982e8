import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Fault } from '@cenopie/platform-contract'
import type { CallContext, Content } from '@cenopie/platform-contract'
import { opened } from '../../content.ts'
import { Measured } from '../../measured.ts'
import { contentHead } from './content-head.ts'
import type { Sent } from '../record.ts'

/** How the answer begins; said once, before the first byte. */
export type Begin = (status: number, headers: Record<string, string>) => void

/**
 * Answers a request for a content, as far as there is one that reads it. Rejects with a Fault while nothing is sent yet;
 * its headers are `refusal`'s. A source that fails later breaks the connection: the reader must not take what it has
 * for all.
 *
 * @param idleMs how long a reader may take nothing
 */
export async function sendContent(
  content: Content,
  request: IncomingMessage,
  response: ServerResponse,
  { call, idleMs, begin, refusal }: SendOptions,
): Promise<Sent> {
  const head = contentHead(request.method as string, request.headers, content)
  if ('fault' in head) {
    refusal(head.headers)
    throw new Fault(head.fault)
  }
  const { status, headers, range, length } = head
  if (length === undefined) {
    begin(status, headers)
    response.end()
    return { bytes: 0 }
  }
  const source = await opened(content, range, call)
  begin(status, headers)
  response.setTimeout(idleMs)
  const measured = new Measured(length)
  try {
    await pipeline(source, measured, response)
    return { bytes: measured.bytes }
  } catch (error) {
    // The pipeline has destroyed all three, the source with what its reader did.
    const { code } = error as { code?: string }
    if (code === 'ERR_STREAM_PREMATURE_CLOSE') return { bytes: measured.bytes, cut: 'by the reader' }
    return { bytes: measured.bytes, cut: 'by us', cause: error }
  }
}

interface SendOptions {
  call: CallContext
  idleMs: number
  begin: Begin
  refusal: (headers: Record<string, string>) => void
}
