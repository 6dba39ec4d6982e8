import { Fault, type UserActor } from '@cenopie/platform-contract'
import type { Call } from '@cenopie/platform-runtime'
import { usersFaults, type OwnProfile } from '@cenopie/users-contract'
import type { HandleStore } from '../data/handle-store.ts'
import type { ProfileStore } from '../data/profile-store.ts'
import { revised, type Changes } from '../domain/revision.ts'
import type { ProfileOf } from './profile-of.ts'

type MyCall = Call<UserActor>

/** Reading and editing one's own profile. */
export function ownProfileOperations(profiles: ProfileStore, handles: HandleStore, profileOf: ProfileOf) {
  /** A change that is already so is answered with the profile: a repeat is no conflict. */
  async function edit(call: MyCall, version: number, changes: Changes): Promise<OwnProfile> {
    const profile = await profileOf(call.actor.id, call)
    const next = revised(profile, changes)
    if (!next) return profile
    const saved = profile.version === version ? await profiles.save(call, next) : undefined
    if (!saved) throw new Fault(usersFaults.profileChanged)
    return saved
  }

  const replace =
    <K extends keyof Changes>(section: K) =>
    ({ version, items }: { version: number; items: NonNullable<Changes[K]> }, call: MyCall) =>
      edit(call, version, { [section]: items })

  return {
    getMe: (_: object, call: MyCall) => profileOf(call.actor.id, call),
    updateMe: ({ version, ...changes }: Changes & { version: number }, call: MyCall) =>
      edit(call, version, changes),
    replaceExperience: replace('experience'),
    replaceEducation: replace('education'),
    replaceSkills: replace('skills'),
    replaceLanguages: replace('languages'),
    async chooseHandle({ handle }: { handle: string }, call: MyCall): Promise<OwnProfile> {
      const { userId } = await profileOf(call.actor.id, call)
      return handles.choose(call, userId, handle)
    },
  }
}
