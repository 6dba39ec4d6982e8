import { listOpen } from '../data/postings.ts'
import type { Prisma } from '../data/prisma.ts'
import type { Handler } from './handler.ts'
import { idFrom, pageById } from './paging.ts'
import { postingFacts } from './posting-facts.ts'

/**
 * All open postings in the order of their ids: what is published while someone reads is either on a page to come or
 * told by an event.
 */
export function snapshotPostings(prisma: Prisma): Handler<'snapshotPostings'> {
  return async ({ limit, cursor }) => {
    const rows = await listOpen(prisma, { after: idFrom(cursor), limit: limit + 1 }, new Date())
    const { items, ...next } = pageById(rows, limit)
    return {
      items: items.map((posting) => {
        const { entity, payload } = postingFacts(posting)
        return { version: entity.version, ...payload }
      }),
      ...next,
    }
  }
}
