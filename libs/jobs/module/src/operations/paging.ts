import { decodeCursor, pageOf } from '@cenopie/platform-database'
import { z } from 'zod'

const key = z.uuid()

/** The id behind which a page continues, in lists ordered by id. */
export function idFrom(cursor: string | undefined): string | undefined {
  return decodeCursor(cursor, key)
}

/** A page of a list ordered by id; of `rows` one more than `limit` was read. */
export function pageById<T extends { id: string }>(rows: T[], limit: number) {
  return pageOf(rows, limit, ({ id }) => id)
}
