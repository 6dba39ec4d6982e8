import type { Readable } from 'node:stream'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Content } from '@cenopie/platform-contract'
import { parse } from 'content-disposition'
import { NoAnswer } from './transport.ts'
import type { Answer } from './transport.ts'

/**
 * The content that a service speaks of in its answer to HEAD; `open` asks for the bytes by GET. Where HEAD was refused
 * GET says why, since an answer to HEAD has no body: so does `refusal`, once.
 */
export async function remoteContent(
  head: Answer,
  {
    refusal,
    open,
  }: { refusal: () => Promise<Readable>; open: (headers: Record<string, string>) => Promise<Readable> },
): Promise<Content> {
  if (head.status !== 200) {
    const answer = await refusal()
    answer.destroy()
    throw new NoAnswer({ sent: true })
  }
  const { headers } = head
  const [, etag] = /^"(.*)"$/.exec(headers.etag ?? '') ?? []
  const length = headers['content-length']
  const { 'content-type': mediaType, 'cache-control': cacheControl, 'last-modified': modified } = headers
  if (!etag || length === undefined || !mediaType || cacheControl === undefined)
    throw new NoAnswer({ sent: true })
  const disposition = headers['content-disposition']
  return {
    mediaType,
    bytes: Number(length),
    etag,
    cacheControl,
    ...(modified !== undefined && { modifiedAt: new Date(modified).toISOString() }),
    ...(disposition !== undefined && { disposition: dispositionOf(disposition) }),
    open: (range) =>
      open({
        'if-match': `"${etag}"`,
        ...(range && { range: `bytes=${range.start}-${range.end}` }),
      }).catch((error: unknown) => {
        // It changed after HEAD: whoever asks anew gets what is there now.
        const changed = error instanceof Fault && error.code === faults.preconditionFailed.code
        throw changed ? new Fault(faults.unavailable, { cause: error }) : error
      }),
  }
}

function dispositionOf(header: string): Content['disposition'] {
  const { type, parameters } = parse(header)
  const { filename } = parameters
  return { type: type === 'inline' ? 'inline' : 'attachment', ...(filename !== undefined && { filename }) }
}
