import { decided, interviewFaults } from '@cenopie/interviews-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { auditActor, record } from '../data/audit.ts'
import { decide } from '../data/interviews.ts'
import { factsOf } from '../domain/facts.ts'
import { isOneOf, reviewable } from '../domain/lifecycle.ts'
import { lockManaged } from './authorise.ts'
import type { Operations } from './types.ts'

/** The row lock makes the second of two decisions see the first. */
export function decideOperation(database: Database, outbox: Outbox): Operations<'decideInterview'> {
  return {
    async decideInterview({ interviewId, decision, reason }, call) {
      const at = new Date()
      const by = call.actor.id
      return database.transaction(async (tx) => {
        const interview = await lockManaged(tx, interviewId, call.actor)
        if (interview.status === 'decided') throw new Fault(interviewFaults.alreadyDecided)
        if (!isOneOf(interview.status, reviewable)) throw new Fault(interviewFaults.notReviewable)
        const done = await decide(tx, interview.id, { decision, reason, by, at })
        await outbox.publish(tx, call, decided, {
          entity: { id: done.id, version: done.version },
          payload: { ...factsOf(done), decision, reason, decidedBy: by },
        })
        await record(tx, {
          interviewId,
          actor: auditActor(call.actor),
          action: 'interview.decided',
          before: { status: interview.status },
          after: { status: 'decided', decision, reason },
          at,
        })
        return { interviewId, decision, reason, decidedBy: by, decidedAt: at.toISOString() }
      })
    },
  }
}
