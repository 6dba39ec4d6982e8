import { jobsEvents } from '@cenopie/jobs-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { react } from '@cenopie/platform-outbox'
import { usersContract } from '@cenopie/users-contract'
import { findReference, moveApplication } from '../data/applications.ts'
import { forgetCandidate, lockOfCandidate } from '../data/erasure.ts'
import { stagesBefore } from '../domain/transitions.ts'
import { applicationFacts } from '../operations/application-facts.ts'

/** Whoever erases their profile withdraws what is open, and is forgotten in all they ever applied with. */
export function profileErased(outbox: Outbox) {
  const { profileErased } = usersContract.events
  return react(profileErased, 'jobs.profile-erased', async ({ payload: { userId } }, tx, call) => {
    await forgetCandidate(tx, userId)
    for (const id of await lockOfCandidate(tx, userId, stagesBefore('withdrawn'))) {
      const found = await findReference(tx, id, { candidate: userId })
      if (!found) continue
      const move = {
        from: found.stage,
        to: 'withdrawn',
        actor: { kind: 'user', id: userId },
        at: new Date(),
      } as const
      const moved = await moveApplication(tx, id, { candidate: userId }, move)
      if (!moved) continue
      const { entity, ids } = applicationFacts(moved)
      const payload = { ...ids, fromStage: found.stage }
      await outbox.publish(tx, call, jobsEvents.applicationWithdrawn, { entity, payload })
    }
  })
}
