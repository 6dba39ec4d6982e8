import { jobsEvents } from '@cenopie/jobs-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { applicationFacts } from './application-facts.ts'
import type { Decide } from './decide.ts'
import type { Handler } from './handler.ts'

/** Hires the candidate who has an offer. The posting stays open: it may be for several people. */
export function hireApplication(decide: Decide, outbox: Outbox): Handler<'hireApplication'> {
  return ({ applicationId }, call) =>
    decide(
      {
        applicationId,
        from: 'offer',
        to: 'hired',
        async announce(tx, moved) {
          const { entity, ids } = applicationFacts(moved)
          const payload = { ...ids, actedBy: call.actor.id }
          await outbox.publish(tx, call, jobsEvents.applicationHired, { entity, payload })
        },
      },
      call,
    )
}
