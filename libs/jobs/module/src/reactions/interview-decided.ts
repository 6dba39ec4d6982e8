import { interviewsEvents } from '@cenopie/interviews-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { react } from '@cenopie/platform-outbox'
import { moveApplication } from '../data/applications.ts'
import { applicationFacts } from '../operations/application-facts.ts'

/**
 * The interview's outcome moves the application on, or ends it. One that has left the interview stage meanwhile
 * (withdrawn, decided by hand) stays where it is. The reviewer's reason is read in the interview, and erased with it.
 */
export function interviewDecided(outbox: Outbox) {
  return react(interviewsEvents.decided, 'jobs.interview-decided', async ({ payload }, tx, call) => {
    const { applicationId, companyId, decision, decidedBy } = payload
    const from = 'interview'
    const to = decision === 'advance' ? 'offer' : 'rejected'
    const reason = 'interview-outcome'
    const moved = await moveApplication(
      tx,
      applicationId,
      { companies: [companyId] },
      {
        from,
        to,
        actor: { kind: 'user', id: decidedBy },
        at: new Date(),
        ...(to === 'rejected' && { rejection: { reason } }),
      },
    )
    if (!moved) return
    const { entity, ids } = applicationFacts(moved)
    const acted = { ...ids, fromStage: from, actedBy: decidedBy } as const
    if (to === 'offer') {
      await outbox.publish(tx, call, jobsEvents.applicationAdvanced, {
        entity,
        payload: { ...acted, toStage: to },
      })
    } else {
      await outbox.publish(tx, call, jobsEvents.applicationRejected, {
        entity,
        payload: { ...acted, reason },
      })
    }
  })
}
