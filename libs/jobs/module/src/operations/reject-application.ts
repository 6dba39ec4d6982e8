import { jobsEvents } from '@cenopie/jobs-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { applicationFacts } from './application-facts.ts'
import type { Decide } from './decide.ts'
import type { Handler } from './handler.ts'

/** Rejects an application: the reason is for the company, the message for the candidate. */
export function rejectApplication(decide: Decide, outbox: Outbox): Handler<'rejectApplication'> {
  return ({ applicationId, fromStage, reason, message }, call) =>
    decide(
      {
        applicationId,
        from: fromStage,
        to: 'rejected',
        rejection: { reason, message },
        async announce(tx, moved) {
          const { entity, ids } = applicationFacts(moved)
          const payload = { ...ids, fromStage, reason, message, actedBy: call.actor.id }
          await outbox.publish(tx, call, jobsEvents.applicationRejected, { entity, payload })
        },
      },
      call,
    )
}
