import { Fault, faults, id, type FaultType, type UserActor } from '@cenopie/platform-contract'
import { decodeCursor, pageOf, type Queryable, type Transaction } from '@cenopie/platform-database'
import type { MemberEntry } from '@cenopie/users-contract'
import { z } from 'zod'
import { presentIfUnblocked, viewing } from './visibility-sql.ts'

/** Entries of one list: far more than anyone needs, and few enough to export at once. */
const listLimit = 1000

/** Milliseconds since 1970 (the bound is in the year 2096) and the other's id, of the last row of a page. */
const cursorShape = z.tuple([z.int().min(0).max(4e12), id])

export interface MemberListTable {
  name: string
  /** Column of whose list it is. */
  owner: string
  /** Column of who is on it. */
  other: string
  since: string
  /** Raised by an entry too many. */
  full: FaultType
}

export interface Window {
  limit: number
  cursor?: string | undefined
}

/** What a member's lists of others, the blocked and the muted, have in common. */
export function memberList({ name: table, owner, other, since, full }: MemberListTable) {
  const listing = {
    name: `${table}-list`,
    text: `select l.${other} as "userId", p.name, l.${since} as since
           from ${table} l left join profile p on p.user_id = l.${other} and ${presentIfUnblocked}
           where l.${owner} = $1 and ($3::timestamptz is null or (l.${since}, l.${other}) < ($3, $4::uuid))
           order by l.${since} desc, l.${other} desc
           limit $5`,
  }

  async function page(db: Queryable, actor: UserActor, { limit, cursor }: Window) {
    const [at, otherId] = decodeCursor(cursor, cursorShape) ?? []
    const rows = await db.query<{ userId: string; name: string | null; since: Date }>(listing, [
      ...viewing(actor),
      at === undefined ? null : new Date(at),
      otherId ?? null,
      limit + 1,
    ])
    const { items, ...next } = pageOf(rows, limit, (last) => [last.since.getTime(), last.userId])
    return { items: items.map(toEntry), ...next }
  }

  return {
    /** Latest first; names as far as their owners let the reader see them. */
    page,

    async all(db: Queryable, actor: UserActor): Promise<MemberEntry[]> {
      return (await page(db, actor, { limit: listLimit })).items
    },

    /**
     * Locks the list and says whether the other is to be entered: not if they are on it, nor if they were erased.
     *
     * @throws Fault `full`; not-found for an owner without a profile
     */
    async admits(tx: Transaction, ownerId: string, otherId: string): Promise<boolean> {
      await lock(tx, ownerId)
      // An erasure under way is waited for, or it would miss the new entry.
      await tx.query('select from profile where user_id = $1 for key share', [otherId])
      const [held] = await tx.query<{ count: number; settled: boolean }>(
        `select count(*), bool_or(${other} = $2) is true or exists (select from erasure where user_id = $2) as settled
         from ${table} where ${owner} = $1`,
        [ownerId, otherId],
      )
      if (!held || held.settled) return false
      if (held.count >= listLimit) throw new Fault(full)
      return true
    },

    /** Locks the list and takes the other off it; false if they were not on it. */
    async remove(tx: Transaction, ownerId: string, otherId: string): Promise<boolean> {
      await lock(tx, ownerId)
      const gone = await tx.query(
        `delete from ${table} where ${owner} = $1 and ${other} = $2 returning ${other}`,
        [ownerId, otherId],
      )
      return gone.length > 0
    },
  }
}

/** Weaker than what erasure takes, and no obstacle to `key share`: two members may block each other at once. */
async function lock(tx: Transaction, ownerId: string): Promise<void> {
  const rows = await tx.query('select user_id from profile where user_id = $1 for no key update', [ownerId])
  if (rows.length === 0) throw new Fault(faults.notFound)
}

function toEntry({ userId, name, since }: { userId: string; name: string | null; since: Date }): MemberEntry {
  return { userId, ...(name !== null && { name }), since: since.toISOString() }
}
