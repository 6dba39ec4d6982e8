import type { Database } from '@cenopie/platform-database'
import { decodeCursor, pageOf } from '@cenopie/platform-database'
import { timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { listBoard } from '../data/board.ts'
import type { Handler } from './handler.ts'

const position = z.tuple([timestamp, z.uuid()])

/** The public board. The platform's hottest read: one prepared statement, rows in the shape of the wire. */
export function listPostings(database: Database): Handler<'listPostings'> {
  return async ({ limit, cursor, ...filters }) => {
    const rows = await listBoard(database, filters, decodeCursor(cursor, position), limit + 1)
    return pageOf(rows, limit, ({ publishedAt, id }) => [publishedAt, id])
  }
}
