import { Fault, faults, type AnonymousActor, type UserActor } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'
import type { Profile } from '@cenopie/users-contract'
import type { DirectoryFilter, VisibleProfiles } from '../data/visible-profiles.ts'

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

function found(profile: Profile | undefined): Profile {
  if (!profile) throw new Fault(faults.notFound)
  return profile
}
