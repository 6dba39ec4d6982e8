import { react, type Outbox } from '@cenopie/platform-outbox'
import { profileErased } from '@cenopie/users-contract'
import { noteErased } from '../data/erased-candidates.ts'
import { eraseCandidate } from '../tasks/erase-candidate.ts'

/**
 * Whoever erases their account is erased from their interviews too, in the background: there may be many. News of them
 * that come later are not taken in.
 */
export function eraseOnProfileErased(outbox: Outbox) {
  return react(profileErased, 'erase-on-profile-erased', async ({ payload }, tx, call) => {
    const { userId, erasedAt } = payload
    await noteErased(tx, userId, new Date(erasedAt))
    await outbox.enqueue(tx, call, eraseCandidate, { candidateId: userId })
  })
}
