import { id } from '@cenopie/platform-contract'
import { decodeCursor, pageOf, type Database } from '@cenopie/platform-database'
import { z } from 'zod'
import { sharedFacts } from '../domain/shared-facts.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Window } from './member-list.ts'
import { shareableColumns, toShareable } from './profile-rows.ts'

export type Snapshots = ReturnType<typeof snapshots>

const pair = z.tuple([id, id])

/**
 * Everything that other domains may keep a copy of, in the order of its ids: what is written while someone reads is
 * either on a page to come or told by an event.
 */
export function snapshots(database: Database, prisma: PrismaClient) {
  return {
    async profiles({ limit, cursor }: Window) {
      const after = decodeCursor(cursor, id)
      const rows = await prisma.profile.findMany({
        ...(after !== undefined && { where: { userId: { gt: after } } }),
        select: shareableColumns,
        orderBy: { userId: 'asc' },
        take: limit + 1,
      })
      const { items, ...next } = pageOf(rows, limit, ({ userId }) => userId)
      return {
        items: items.map(toShareable).map((row) => ({ version: row.version, ...sharedFacts(row) })),
        ...next,
      }
    },

    async blocks({ limit, cursor }: Window) {
      const after = decodeCursor(cursor, pair) ?? [null, null]
      const rows = await database.query<{ blockerId: string; blockedId: string; version: number }>(blocks, [
        ...after,
        limit + 1,
      ])
      return pageOf(rows, limit, ({ blockerId, blockedId }) => [blockerId, blockedId])
    },
  }
}

const blocks = {
  name: 'block-snapshot',
  text: `select blocker_id as "blockerId", blocked_id as "blockedId", version
         from block
         where $1::uuid is null or (blocker_id, blocked_id) > ($1, $2::uuid)
         order by blocker_id, blocked_id
         limit $3`,
}
