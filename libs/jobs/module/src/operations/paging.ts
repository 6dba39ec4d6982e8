import { decodeCursor, encodeCursor } from '@cenopie/platform-database'
import { z } from 'zod'

const key = z.uuid()

/** The id behind which a page continues, in lists ordered by id. */
export function idFrom(cursor: string | undefined): string | undefined {
  return decodeCursor(cursor, key)
}

/** A page of rows of which one more than `limit` was read, to know whether another page follows. */
export function pageOf<T>(rows: T[], limit: number, keyOf: (last: T) => unknown) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined
    ? { items, nextCursor: encodeCursor(keyOf(last)) }
    : { items }
}

/** Such a page in a list ordered by id. */
export function pageById<T extends { id: string }>(rows: T[], limit: number) {
  return pageOf(rows, limit, ({ id }) => id)
}
