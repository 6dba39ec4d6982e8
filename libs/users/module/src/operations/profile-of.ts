import { Fault, faults, type CallContext, type Client } from '@cenopie/platform-contract'
import type { authContract } from '@cenopie/auth-contract'
import type { OwnProfile } from '@cenopie/users-contract'
import type { ErasureStore } from '../data/erasure-store.ts'
import type { ProfileStore } from '../data/profile-store.ts'
import { displayName, visibilityByDefault } from '../domain/new-profile.ts'

export type ProfileOf = ReturnType<typeof profileOf>

/**
 * The profile of an account. The event of a sign-up may still be on its way when its owner comes for the profile,
 * so it is created here too; what was erased stays away.
 *
 * @returns a function that throws Fault not-found if there is no such account
 */
export function profileOf(profiles: ProfileStore, erasures: ErasureStore, auth: Client<typeof authContract>) {
  return async (userId: string, call: CallContext): Promise<OwnProfile> => {
    const existing = await profiles.find(userId)
    if (existing) return existing
    if (await erasures.receipt(userId)) throw new Fault(faults.notFound)
    const { name } = await auth.getUser({ userId }, call)
    await profiles.create(call, { userId, name: displayName(name), visibility: visibilityByDefault })
    const created = await profiles.find(userId)
    if (!created) throw new Fault(faults.notFound)
    return created
  }
}
