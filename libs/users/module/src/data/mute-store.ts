import type { UserActor } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { usersFaults } from '@cenopie/users-contract'
import { memberList, type Window } from './member-list.ts'

export type MuteStore = ReturnType<typeof muteStore>

const mutes = memberList({
  name: 'mute',
  owner: 'muter_id',
  other: 'muted_id',
  since: 'muted_at',
  full: usersFaults.tooManyMutes,
})

/** Whom members have muted: nobody else is told, so no event speaks of it. */
export function muteStore(database: Database) {
  return {
    page: (actor: UserActor, window: Window) => mutes.page(database, actor, window),
    all: (actor: UserActor) => mutes.all(database, actor),

    /** @throws Fault users.too-many-mutes, not-found */
    add: (muterId: string, mutedId: string) =>
      database.transaction(async (tx) => {
        if (!(await mutes.admits(tx, muterId, mutedId))) return
        await tx.query('insert into mute (muter_id, muted_id) values ($1, $2)', [muterId, mutedId])
      }),

    /** @throws Fault not-found */
    remove: (muterId: string, mutedId: string) =>
      database.transaction(async (tx) => {
        await mutes.remove(tx, muterId, mutedId)
      }),
  }
}
