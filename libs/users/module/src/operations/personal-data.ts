import { Fault, faults, type UserActor } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'
import type { ErasureReceipt, ProfileExport } from '@cenopie/users-contract'
import type { BlockStore } from '../data/block-store.ts'
import type { ErasureStore } from '../data/erasure-store.ts'
import type { HandleStore } from '../data/handle-store.ts'
import type { MuteStore } from '../data/mute-store.ts'
import type { ProfileOf } from './profile-of.ts'

interface Stores {
  erasures: ErasureStore
  handles: HandleStore
  blocks: BlockStore
  mutes: MuteStore
}

/** A member's rights over their own data (GDPR Art. 15, 17 and 20). */
export function personalDataOperations({ erasures, handles, blocks, mutes }: Stores, profileOf: ProfileOf) {
  return {
    async exportMe(_: object, call: Call<UserActor>): Promise<ProfileExport> {
      const profile = await profileOf(call.actor.id, call)
      return {
        exportedAt: new Date().toISOString(),
        profile,
        handles: await handles.held(profile.userId),
        blocks: await blocks.all(call.actor),
        mutes: await mutes.all(call.actor),
      }
    },

    async eraseMe(_: object, call: Call<UserActor>): Promise<ErasureReceipt> {
      const { id } = call.actor
      const earlier = await erasures.receipt(id)
      if (earlier) return earlier
      await profileOf(id, call)
      const receipt = (await erasures.erase(call, id)) ?? (await erasures.receipt(id))
      if (!receipt) throw new Fault(faults.notFound)
      return receipt
    },
  }
}
