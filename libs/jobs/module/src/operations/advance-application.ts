import { jobsEvents } from '@cenopie/jobs-contract'
import type { Outbox } from '@cenopie/platform-outbox'
import { applicationFacts } from './application-facts.ts'
import type { Decide } from './decide.ts'
import type { Handler } from './handler.ts'

/** Moves an application on to a later stage. */
export function advanceApplication(decide: Decide, outbox: Outbox): Handler<'advanceApplication'> {
  return ({ applicationId, fromStage, toStage }, call) =>
    decide(
      {
        applicationId,
        from: fromStage,
        to: toStage,
        async announce(tx, moved) {
          const { entity, ids } = applicationFacts(moved)
          const payload = { ...ids, fromStage, toStage, actedBy: call.actor.id }
          await outbox.publish(tx, call, jobsEvents.applicationAdvanced, { entity, payload })
        },
      },
      call,
    )
}
