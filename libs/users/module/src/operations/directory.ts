import type { AnonymousActor, UserActor } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'
import type { DirectoryFilter, VisibleProfiles } from '../data/visible-profiles.ts'
import { found } from './found.ts'

type AnyonesCall = Call<AnonymousActor | UserActor>

/** Other people's profiles, as far as the caller may see them. */
export function directoryOperations(visible: VisibleProfiles) {
  return {
    getProfile: async ({ userId }: { userId: string }, call: AnyonesCall) =>
      found(await visible.byId(call.actor, userId)),
    getProfileByHandle: async ({ handle }: { handle: string }, call: AnyonesCall) =>
      found(await visible.byHandle(call.actor, handle)),
    listProfiles: (filter: DirectoryFilter, call: AnyonesCall) => visible.page(call.actor, filter),
  }
}
