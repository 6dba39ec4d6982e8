import { react, type Outbox } from '@cenopie/platform-outbox'
import { profileErased } from '@cenopie/users-contract'
import { eraseCandidate } from '../tasks/erase-candidate.ts'

/** Whoever erases their account is erased from their interviews too, in the background: there may be many. */
export function eraseOnProfileErased(outbox: Outbox) {
  return react(profileErased, 'erase-on-profile-erased', async ({ payload: { userId } }, tx, call) => {
    await outbox.enqueue(tx, call, eraseCandidate, { candidateId: userId })
  })
}
