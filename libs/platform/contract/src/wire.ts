import { z } from 'zod'
import type { EventType } from './event.ts'

/** Wire types that several contracts share: only what JSON Schema can express. */
export const id = z.uuid()
/** ISO 8601 with offset or Z. */
export const timestamp = z.iso.datetime({ offset: true })
export const date = z.iso.date()
/** `limit` and `cursor` of a keyset list. The cursor is opaque; a forged one is refused. */
export const paging = {
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(512).optional(),
}

/** The text of an HTML page, for operations with `mediaType: 'text/html'`. */
export const pageText = z.string().describe('A page for people; works without scripts.')

/** One page of a keyset list; no `nextCursor` means the end. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().optional() })
}

/** `limit` and `cursor` of a snapshot: internal, so its pages may be larger than a list's. */
export const snapshotPaging = { ...paging, limit: z.int().min(1).max(500).default(100) }

/**
 * One page of a snapshot: each entity as its event would tell of it now, and the version that event would carry.
 * Another domain builds its copy from the pages; events it hears meanwhile carry higher versions.
 */
export function snapshotPage<P extends z.ZodRawShape>({ payload }: EventType<z.ZodObject<P>>) {
  return page(payload.extend({ version: z.int().min(1) }))
}
