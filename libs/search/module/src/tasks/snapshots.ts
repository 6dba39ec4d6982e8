import type { jobsContract } from '@cenopie/jobs-contract'
import type { CallContext, Client } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { IndexName } from '@cenopie/search-contract'
import type { usersContract } from '@cenopie/users-contract'
import type { Told } from '../data/comparison.ts'
import { writeBlocks, writePeople, writePostings } from '../data/writes.ts'

export interface Owners {
  jobs: Client<typeof jobsContract>
  users: Client<typeof usersContract>
}

/** One page of what an owning domain has: what to compare, and how to write it. */
export interface SnapshotPage {
  told: Told[]
  nextCursor?: string | undefined
  /** `learned`: terms that need not be written again. */
  write(tx: Transaction, table: string, learned: Set<string>): Promise<void>
}

type Read = (window: { limit: number; cursor?: string }, call: CallContext) => Promise<SnapshotPage>

/** How each index is read from the domains that own what is in it. */
export function snapshotReaders({ jobs, users }: Owners): Record<IndexName, Read> {
  return {
    async postings(window, call) {
      const { items, nextCursor } = await jobs.snapshotPostings(window, call)
      const entities = items.map(({ version, ...facts }) => ({ id: facts.postingId, version, facts }))
      return {
        told: entities,
        nextCursor,
        write: (tx, table, learned) => writePostings(tx, table, entities, learned),
      }
    },
    async people(window, call) {
      const { items, nextCursor } = await users.snapshotProfiles(window, call)
      const entities = items.map(({ version, ...facts }) => ({ id: facts.userId, version, facts }))
      return {
        told: entities,
        nextCursor,
        write: (tx, table, learned) => writePeople(tx, table, entities, learned),
      }
    },
    async blocks(window, call) {
      const { items, nextCursor } = await users.snapshotBlocks(window, call)
      const blocks = items.map((block) => ({ ...block, stands: true }))
      return {
        told: items.map(({ blockerId, blockedId, version }) => ({
          id: `${blockerId}:${blockedId}`,
          version,
        })),
        nextCursor,
        write: (tx, table) => writeBlocks(tx, table, blocks),
      }
    },
  }
}
