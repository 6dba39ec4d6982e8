import type { UserActor } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Call } from '@cenopie/platform-runtime'
import { memberBlocked, memberUnblocked, usersFaults } from '@cenopie/users-contract'
import { memberList, type Window } from './member-list.ts'

export type BlockStore = ReturnType<typeof blockStore>

const blocks = memberList({
  name: 'block',
  owner: 'blocker_id',
  other: 'blocked_id',
  since: 'blocked_at',
  full: usersFaults.tooManyBlocks,
})

/** Whom members have blocked. Every change is told to other domains, once. */
export function blockStore(database: Database, outbox: Outbox) {
  const publish = (
    tx: Transaction,
    call: Call<UserActor>,
    event: typeof memberBlocked | typeof memberUnblocked,
    blockedId: string,
    version: number,
  ) => {
    const payload = { blockerId: call.actor.id, blockedId }
    const entity = { id: `${payload.blockerId}:${blockedId}`, version }
    return outbox.publish(tx, call, event, { entity, payload })
  }

  return {
    page: (actor: UserActor, window: Window) => blocks.page(database, actor, window),
    all: (actor: UserActor) => blocks.all(database, actor),

    /** @throws Fault users.too-many-blocks, not-found */
    add: (call: Call<UserActor>, blockedId: string) =>
      database.transaction(async (tx) => {
        const blockerId = call.actor.id
        if (!(await blocks.admits(tx, blockerId, blockedId))) return
        const version = await nextVersion(tx, blockerId)
        await tx.query('insert into block (blocker_id, blocked_id, version) values ($1, $2, $3)', [
          blockerId,
          blockedId,
          version,
        ])
        await publish(tx, call, memberBlocked, blockedId, version)
      }),

    /** @throws Fault not-found */
    remove: (call: Call<UserActor>, blockedId: string) =>
      database.transaction(async (tx) => {
        const blockerId = call.actor.id
        if (!(await blocks.remove(tx, blockerId, blockedId))) return
        await publish(tx, call, memberUnblocked, blockedId, await nextVersion(tx, blockerId))
      }),
  }
}

/** Counted per blocker: a lifted block leaves no row that could remember its own version. */
async function nextVersion(tx: Transaction, blockerId: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `update profile set block_version = block_version + 1 where user_id = $1 returning block_version as version`,
    [blockerId],
  )
  if (!row) throw new Error('the profile that was locked is gone')
  return row.version
}
