import { invalid, type UserActor } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'
import type { BlockStore } from '../data/block-store.ts'
import type { Window } from '../data/member-list.ts'
import type { MuteStore } from '../data/mute-store.ts'
import type { ProfileOf } from './profile-of.ts'

type MyCall = Call<UserActor>
interface Other {
  userId: string
}

/** Whom somebody does not want to meet. Other people's ids are taken as they come: an answer says nothing of them. */
export function memberListOperations(blocks: BlockStore, mutes: MuteStore, profileOf: ProfileOf) {
  /** Changes the caller's list, which hangs on a profile that may not have been made yet. */
  const changing =
    (change: (call: MyCall, userId: string) => Promise<void>) =>
    async ({ userId }: Other, call: MyCall) => {
      if (userId === call.actor.id) throw invalid({ field: 'userId', message: 'is your own' })
      await profileOf(call.actor.id, call)
      await change(call, userId)
    }

  return {
    blockMember: changing(blocks.add),
    unblockMember: changing(blocks.remove),
    listBlocks: (window: Window, call: MyCall) => blocks.page(call.actor, window),
    muteMember: changing((call, userId) => mutes.add(call.actor.id, userId)),
    unmuteMember: changing((call, userId) => mutes.remove(call.actor.id, userId)),
    listMutes: (window: Window, call: MyCall) => mutes.page(call.actor, window),
  }
}
