import { z } from 'zod'
import { checkDeprecation } from './deprecation.ts'
import type { Deprecation } from './deprecation.ts'
import type { FaultType } from './fault.ts'
import type { Access, Check, RateLimit } from './operation.ts'

/** What does not fit into one answer of JSON: bytes, somebody else's protocol, events as they happen. */
interface StreamSpec<A extends Access> {
  /** As of operations: `/api/v1/<domain>/…`, or `/internal/v1/<domain>/…` for other modules only. */
  path: string
  summary: string
  description?: string
  access: A
  /** Faults beyond the common ones. Any other fault raised becomes `internal`. */
  faults?: readonly FaultType[]
  rateLimit?: RateLimit
  deprecated?: Deprecation
}

interface ReadSpec<I extends z.ZodRawShape, A extends Access> extends StreamSpec<A> {
  /** Fields of the path, the others of the query. */
  input: I
  checks?: readonly Check<z.output<z.ZodObject<I>>>[]
}

interface Read<I extends z.ZodRawShape> {
  readonly method: 'GET'
  readonly inputSchema: z.ZodObject<I>
  readonly repeatable: boolean
  readonly faults: readonly FaultType[]
}

export interface ContentSpec<I extends z.ZodRawShape, A extends Access> extends ReadSpec<I, A> {
  /** What a `Content` of it may be, such as `video/mp4` or `image/*`. */
  mediaTypes: readonly string[]
  /** False where whoever reads leaves something behind, such as an entry in a trail. Default: true. */
  repeatable?: boolean
}

/** Bytes by GET and HEAD, whole or a range of them. With access `internal` also a method of `Client`. */
export interface ContentStream<I extends z.ZodRawShape = z.ZodRawShape, A extends Access = Access>
  extends Omit<ContentSpec<I, A>, 'faults' | 'repeatable'>, Read<I> {
  readonly kind: 'content'
}

export interface FeedSpec<
  I extends z.ZodRawShape,
  E extends z.ZodType,
  A extends Exclude<Access, 'internal'>,
> extends ReadSpec<I, A> {
  /** What each event carries. */
  event: E
}

/** Server-sent events. */
export interface FeedStream<
  I extends z.ZodRawShape = z.ZodRawShape,
  E extends z.ZodType = z.ZodType,
  A extends Exclude<Access, 'internal'> = Exclude<Access, 'internal'>,
>
  extends Omit<FeedSpec<I, E, A>, 'faults'>, Read<I> {
  readonly kind: 'feed'
}

export type ProtocolMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ProtocolSpec<A extends Exclude<Access, 'internal'>> extends StreamSpec<A> {
  /** The protocol and its version, for whoever looks for a client: `tus 1.0`. */
  name: string
  methods: readonly ProtocolMethod[]
}

/** Somebody else's protocol over HTTP, on its path and everything below it. Without fields of ours: it has its own. */
export interface ProtocolStream<
  A extends Exclude<Access, 'internal'> = Exclude<Access, 'internal'>,
> extends Omit<ProtocolSpec<A>, 'faults'> {
  readonly kind: 'protocol'
  readonly faults: readonly FaultType[]
}

/** Any stream; `any` because checks make the types invariant. */
export type AnyContent = ContentStream<any, any>
export type AnyFeed = FeedStream<any, any, any>
export type AnyProtocol = ProtocolStream<any>
export type AnyStream = AnyContent | AnyFeed | AnyProtocol

/** What a handler of a content answers: what the bytes are, and how to get at them. */
export interface Content {
  /** With its parameters: `text/vtt; charset=utf-8`. */
  mediaType: string
  /** Length of all of it. */
  bytes: number
  /** Changes with the bytes, such as their hash: visible ASCII without quotation marks, which the edge adds. */
  etag: string
  /** ISO 8601. */
  modifiedAt?: string | undefined
  /** The value of `Cache-Control`: `private, max-age=3600, immutable`. */
  cacheControl: string
  /** Whether browsers show or save it, and by what name. */
  disposition?: { type: 'inline' | 'attachment'; filename?: string | undefined } | undefined
  /**
   * Begins to read: a `Readable` of Node, or anything else that yields bytes. Not called where the head is enough; ended
   * (destroyed, `return`) when nobody reads any more.
   */
  open(range?: ByteRange): Bytes | Promise<Bytes>
}

export type Bytes = AsyncIterable<Uint8Array>

/** Bytes from `start` to `end`, both included, both within the content. */
export interface ByteRange {
  start: number
  end: number
}

/** One event of a feed. */
export interface FeedEvent<T> {
  /** Where a reader that comes back goes on; it brings the last one it saw. One line. */
  id?: string | undefined
  data: T
}

/** Declares bytes to read: a file, an image, a recording. The edge knows ranges, conditions and HEAD. */
export function content<I extends z.ZodRawShape, A extends Access>(
  spec: ContentSpec<I, A>,
): ContentStream<I, A> {
  return { ...spec, ...read(spec), repeatable: spec.repeatable ?? true, kind: 'content' }
}

/** Declares events as they happen, sent as `text/event-stream`. */
export function feed<I extends z.ZodRawShape, E extends z.ZodType, A extends Exclude<Access, 'internal'>>(
  spec: FeedSpec<I, E, A>,
): FeedStream<I, E, A> {
  return { ...spec, ...read(spec), kind: 'feed' }
}

/** Declares a protocol that its handler speaks itself, on raw requests: no body is read or limited before. */
export function protocol<A extends Exclude<Access, 'internal'>>(spec: ProtocolSpec<A>): ProtocolStream<A> {
  if (spec.deprecated) checkDeprecation(spec.path, spec.deprecated)
  return { ...spec, faults: spec.faults ?? [], kind: 'protocol' }
}

function read<I extends z.ZodRawShape, A extends Access>(spec: ReadSpec<I, A>): Read<I> {
  if (spec.deprecated) checkDeprecation(spec.path, spec.deprecated)
  return {
    method: 'GET',
    inputSchema: z.strictObject(spec.input) as unknown as z.ZodObject<I>,
    repeatable: true,
    faults: spec.faults ?? [],
  }
}
