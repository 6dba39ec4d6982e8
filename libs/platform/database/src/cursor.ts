import { invalid } from '@cenopie/platform-contract'
import type { z } from 'zod'

/** Packs the sort key of the last row of a page (dates become ISO strings) into base64url JSON. */
export function encodeCursor(values: unknown): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/**
 * Unpacks a cursor and checks its shape; undefined stays undefined (the first page). A cursor only says where to
 * continue: visibility belongs in the query, so forging a well-formed one shows nothing that is not the caller's.
 *
 * @throws Fault invalid-input naming `cursor`
 */
export function decodeCursor<S extends z.ZodType>(
  cursor: string | undefined,
  schema: S,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (parsed.success) return parsed.data
  throw invalid({ field: 'cursor', message: 'is not a cursor of this list' })
}

/**
 * The page of `rows`, of which one more than `limit` was read to know whether another page follows. `keyOf` is the
 * sort key of a row, as the list's cursor holds it.
 */
export function pageOf<T>(
  rows: T[],
  limit: number,
  keyOf: (last: T) => unknown,
): { items: T[]; nextCursor?: string } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined
    ? { items, nextCursor: encodeCursor(keyOf(last)) }
    : { items }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
