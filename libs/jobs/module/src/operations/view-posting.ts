import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { findOnBoard } from '../data/board.ts'
import { jsonLd } from '../domain/json-ld.ts'
import type { Handler } from './handler.ts'

/** One posting for anybody. Search engines must not index what is over: then it carries no JSON-LD. */
export function viewPosting(database: Database): Handler<'viewPosting'> {
  return async ({ postingId }) => {
    const posting = await findOnBoard(database, postingId)
    if (!posting) throw new Fault(faults.notFound)
    return posting.state === 'published' ? { ...posting, jsonLd: jsonLd(posting) } : posting
  }
}
