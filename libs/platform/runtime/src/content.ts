import { basename } from 'node:path/posix'
import { Readable, pipeline } from 'node:stream'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { ByteRange, CallContext, Content } from '@cenopie/platform-contract'
import { begun } from './begun.ts'
import { abandonmentOf } from './call.ts'
import { givenUp, permitted, withinDeadline } from './invoke.ts'
import { Measured } from './measured.ts'
import { StreamCall } from './stream.ts'
import type { BoundContent, StreamCallOptions } from './stream.ts'

/**
 * Asks a handler for its content, within the deadline of the call. Rejects with a Fault that the contract allows; the
 * handler's signal aborts then.
 *
 * @param received makes its input; not asked for when it is too late
 */
export async function contentOf(
  bound: BoundContent,
  received: () => Record<string, unknown>,
  context: CallContext,
  client: Pick<StreamCallOptions, 'address' | 'userAgent'> = {},
): Promise<Content> {
  const { stream, handler, log } = bound
  if (stream.access === 'user' && context.actor.kind !== 'user') throw new Fault(faults.unauthenticated)
  const vain = new AbortController()
  const abandonment = abandonmentOf(context)
  const signal = abandonment ? AbortSignal.any([vain.signal, abandonment]) : vain.signal
  const call = new StreamCall({ context, log, signal, ...client })
  try {
    return await withinDeadline(context, async () => {
      const input = received()
      const refuse = (error: unknown) => {
        throw permitted({ ...bound, faults: stream.faults }, error, context)
      }
      const content = await handler(input, call)
        .then((given) => sound(given, stream.mediaTypes))
        .catch(refuse)
      // `async` also for what is thrown at once.
      const open: Content['open'] = async (range) => content.open(range)
      return { ...content, open: (range) => Promise.resolve(open(range)).catch(refuse) }
    })
  } catch (error) {
    vain.abort()
    throw error
  }
}

/** Begins to read; resolves with the first byte, or with the end. What comes after the deadline is destroyed. */
export function opened(content: Content, range: ByteRange | undefined, call: CallContext): Promise<Readable> {
  let source: Readable | undefined
  let late = false
  return withinDeadline(call, async () => {
    const bytes = await content.open(range)
    source = bytes instanceof Readable ? bytes : Readable.from(bytes)
    if (late) source.destroy()
    else await begun(source)
    return source
  }).catch((error: unknown) => {
    late = true
    source?.destroy()
    throw error
  })
}

/**
 * A content as a module holds it that did not make it, from the same process or another: a reader gets the bytes that
 * were promised or a Fault, the deadline is for the first of them, and whoever gives up ends all reading.
 */
export function lent(content: Content, call: CallContext): Content {
  const abandonment = abandonmentOf(call)
  return {
    ...content,
    async open(range) {
      if (range && !lies(range, content.bytes)) throw invalid({ field: 'range', message: 'is not within' })
      const source = await opened(content, range, call).catch((cause: unknown) => {
        throw cause instanceof Fault ? cause : new Fault(faults.internal, { cause })
      })
      const reader = new Measured(range ? range.end - range.start + 1 : content.bytes)
      source.once('error', (cause) => reader.destroy(new Fault(faults.unavailable, { cause })))
      // Its failures are told above; when the reader goes, so does the source.
      pipeline(source, reader, () => {})
      if (abandonment) endWith(reader, abandonment)
      return reader
    },
  }
}

function endWith(reader: Readable, abandonment: AbortSignal): void {
  const end = () => void reader.destroy(givenUp(abandonment))
  if (abandonment.aborted) return end()
  abandonment.addEventListener('abort', end, { once: true })
  reader.once('close', () => abandonment.removeEventListener('abort', end))
}

function lies({ start, end }: ByteRange, bytes: number): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end < bytes
}

/** RFC 9110 §8.8.3, without the quotation marks. */
const etag = /^[\x21\x23-\x7e]+$/
const mediaType = /^[\w.+-]+\/[\w.+-]+(?:; *[\w-]+=[\w.+-]+)*$/

/** What a handler answered, without what the contract does not know. Throws on what could not be sent. */
function sound(content: Content, allowed: readonly string[]): Content {
  const { modifiedAt, disposition } = content
  if (!mediaType.test(content.mediaType) || !allowed.some((one) => covers(one, content.mediaType)))
    throw new TypeError(`media type ${content.mediaType} is none of ${allowed.join(', ')}`)
  if (!Number.isSafeInteger(content.bytes) || content.bytes < 0)
    throw new TypeError(`${content.bytes} is no number of bytes`)
  if (!etag.test(content.etag)) throw new TypeError(`${content.etag} is no entity tag`)
  return {
    mediaType: content.mediaType,
    bytes: content.bytes,
    etag: content.etag,
    cacheControl: content.cacheControl,
    ...(modifiedAt !== undefined && { modifiedAt: wholeSeconds(modifiedAt) }),
    ...(disposition && {
      disposition: {
        type: disposition.type,
        ...(disposition.filename !== undefined && { filename: basename(disposition.filename) }),
      },
    }),
    open: (range) => content.open(range),
  }
}

function covers(allowed: string, given: string): boolean {
  const [essence = ''] = given.split(';')
  return allowed.endsWith('/*') ? essence.startsWith(allowed.slice(0, -1)) : essence === allowed
}

/** HTTP's dates know no fractions, and a time from the future would never be over. Throws on what is no time. */
function wholeSeconds(time: string): string {
  return new Date(Math.floor(Math.min(Date.parse(time), Date.now()) / 1000) * 1000).toISOString()
}
