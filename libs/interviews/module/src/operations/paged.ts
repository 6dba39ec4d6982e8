import { decodeCursor, encodeCursor } from '@cenopie/platform-database'
import { id } from '@cenopie/platform-contract'
import { z } from 'zod'

const position = z.tuple([id])

/** The id after which a page starts; undefined for the first. */
export function positionOf(cursor: string | undefined): string | undefined {
  return decodeCursor(cursor, position)?.[0]
}

/** One page out of `limit + 1` rows: the surplus row says that there is more. */
export function paged<T extends { id: string }>(
  rows: T[],
  limit: number,
): { items: T[]; nextCursor?: string } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, nextCursor: encodeCursor([last.id]) } : { items }
}
