import type { IncomingHttpHeaders } from 'node:http'
import { faults } from '@cenopie/platform-contract'
import type { ByteRange, Content, FaultType } from '@cenopie/platform-contract'
import { create } from 'content-disposition'
import fresh from 'fresh'
import { rangeOf } from './range.ts'

/** How a request for a content is to be answered. */
export interface ContentHead {
  status: 200 | 206 | 304
  headers: Record<string, string>
  /** What is to be sent. */
  range?: ByteRange | undefined
  /** Bytes to send. Nothing where the head is all. */
  length?: number
}

export interface RefusedHead {
  fault: FaultType
  headers: Record<string, string>
}

/**
 * What a browser may make of bytes that somebody else uploaded: nothing that runs, loads, or reads this site. Unlike
 * pages they may be embedded, so there is no word on frames.
 */
const policy = "default-src 'none'; sandbox"

/** Preconditions and ranges of GET and HEAD in the order of RFC 9110 §13.2.2. */
export function contentHead(
  method: string,
  given: IncomingHttpHeaders,
  content: Content,
): ContentHead | RefusedHead {
  const { bytes } = content
  const validators = {
    etag: `"${content.etag}"`,
    ...(content.modifiedAt !== undefined && { 'last-modified': new Date(content.modifiedAt).toUTCString() }),
  }
  const about = { ...validators, 'cache-control': content.cacheControl }
  if (isOther(given, validators)) return { fault: faults.preconditionFailed, headers: about }
  if (fresh(given, validators)) return { status: 304, headers: about }

  const headers: Record<string, string> = {
    ...about,
    'accept-ranges': 'bytes',
    'content-type': content.mediaType,
    'content-security-policy': policy,
  }
  const { disposition } = content
  if (disposition) headers['content-disposition'] = create(disposition.filename, { type: disposition.type })
  const whole = { ...headers, 'content-length': String(bytes) }
  if (method === 'HEAD') return { status: 200, headers: whole }
  const range = appliesTo(given['if-range'], validators) ? rangeOf(given.range, bytes) : undefined
  if (range === undefined) return { status: 200, headers: whole, length: bytes }
  if (range === 'unsatisfiable')
    return { fault: faults.rangeNotSatisfiable, headers: { 'content-range': `bytes */${bytes}` } }
  const length = range.end - range.start + 1
  return {
    status: 206,
    headers: {
      ...headers,
      'content-range': `bytes ${range.start}-${range.end}/${bytes}`,
      'content-length': String(length),
    },
    range,
    length,
  }
}

interface Validators {
  etag: string
  'last-modified'?: string
}

/** `If-Match`, or without it `If-Unmodified-Since`. */
function isOther(given: IncomingHttpHeaders, { etag, 'last-modified': modified }: Validators): boolean {
  const match = given['if-match']
  if (match !== undefined)
    return match !== '*' && !match.split(',').some((candidate) => candidate.trim() === etag)
  const since = Date.parse(given['if-unmodified-since'] ?? '')
  return modified !== undefined && Date.parse(modified) > since
}

/** A range is of the same bytes as those that the reader has already; a date must be the very one. */
function appliesTo(ifRange: string | string[] | undefined, validators: Validators): boolean {
  return ifRange === undefined || ifRange === validators.etag || ifRange === validators['last-modified']
}
