import { authEvents } from '@cenopie/auth-contract'
import { react, type Outbox } from '@cenopie/platform-outbox'
import { createProfile } from '../data/profile-store.ts'
import { displayName, visibilityByDefault } from '../domain/new-profile.ts'

/** Every account has a profile. */
export function createProfileOnRegistration(outbox: Outbox) {
  return react(authEvents.userRegistered, 'create-profile', ({ payload }, tx, call) =>
    createProfile(outbox, tx, call, {
      userId: payload.userId,
      name: displayName(payload.name),
      visibility: visibilityByDefault,
    }),
  )
}
