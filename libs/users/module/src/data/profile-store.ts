import { service, type CallContext } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { OwnProfile, Visibility } from '@cenopie/users-contract'
import { announceProfile } from './announce.ts'
import type { PrismaClient } from './generated/client.ts'
import { toColumns, toOwnProfile } from './profile-rows.ts'

export type ProfileStore = ReturnType<typeof profileStore>

/** Profiles as their owners and other modules read and write them; what others see is `visibleProfiles`. */
export function profileStore(database: Database, prisma: PrismaClient, outbox: Outbox) {
  return {
    async find(userId: string): Promise<OwnProfile | undefined> {
      const row = await prisma.profile.findUnique({ where: { userId } })
      return row ? toOwnProfile(row) : undefined
    },

    /** Stores the new state if the profile still has `profile.version`; undefined if somebody was faster. */
    save(call: CallContext, profile: OwnProfile): Promise<OwnProfile | undefined> {
      return prisma.$transaction(async (tx) => {
        const [row] = await tx.profile.updateManyAndReturn({
          where: { userId: profile.userId, version: profile.version },
          data: { ...toColumns(profile), version: { increment: 1 }, updatedAt: new Date() },
        })
        if (!row) return undefined
        const saved = toOwnProfile(row)
        await announceProfile(outbox, tx, call, saved)
        return saved
      })
    },

    /** Creates the profile unless there is one, or there was one that was erased. */
    create: (call: CallContext, account: NewAccount) =>
      database.transaction((tx) => createProfile(outbox, tx, call, account)),
  }
}

export interface NewAccount {
  userId: string
  name: string
  visibility: Visibility
}

/** As `create`, inside the transaction of a reaction. */
export async function createProfile(outbox: Outbox, tx: Transaction, call: CallContext, account: NewAccount) {
  const [created] = await tx.query<{ version: number; discoverable: boolean }>(
    `insert into profile (user_id, name, visibility)
     select $1, $2, $3::jsonb where not exists (select from erasure where user_id = $1)
     on conflict do nothing
     returning version, discoverable`,
    [account.userId, account.name, JSON.stringify(account.visibility)],
  )
  if (!created) return
  // It comes with the account, whoever asks for it first: the news of it is the module's own.
  const { requestId, traceparent, deadline } = call
  await announceProfile(
    outbox,
    tx,
    { actor: service('users'), requestId, traceparent, deadline },
    {
      ...account,
      ...created,
      headline: '',
      location: '',
      openToWork: false,
      skills: [],
    },
  )
}
