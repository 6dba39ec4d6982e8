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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
