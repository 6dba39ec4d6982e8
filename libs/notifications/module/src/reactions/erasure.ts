import { react } from '@cenopie/platform-outbox'
import { profileErased } from '@cenopie/users-contract'
import { forgetUser } from '../data/erasure.ts'

/** Whoever erases their profile is forgotten here too. */
export const erasureReactions = [
  react(profileErased, 'forget-recipient', ({ payload }, tx) => forgetUser(tx, payload.userId)),
]
