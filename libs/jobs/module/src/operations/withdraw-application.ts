import { jobsEvents, jobsFaults } from '@cenopie/jobs-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { sqlOf } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { findOfCandidate } from '../data/application-views.ts'
import { findReference, moveApplication } from '../data/applications.ts'
import type { Prisma } from '../data/prisma.ts'
import { mayMove } from '../domain/transitions.ts'
import { applicationFacts } from './application-facts.ts'
import type { Handler } from './handler.ts'

/** Withdraws the caller's application from whatever open stage it is in. */
export function withdrawApplication(prisma: Prisma, outbox: Outbox): Handler<'withdrawApplication'> {
  return async ({ applicationId }, call) => {
    const candidate = call.actor.id
    return prisma.$transaction(async (tx) => {
      const sql = sqlOf(tx)
      const found = await findReference(sql, applicationId, { candidate }, true)
      if (!found) throw new Fault(faults.notFound)
      const from = found.stage
      if (!mayMove(from, 'withdrawn')) throw new Fault(jobsFaults.transitionNotAllowed)
      const actor = { kind: 'user', id: candidate } as const
      const moved = await moveApplication(
        sql,
        applicationId,
        { candidate },
        { from, to: 'withdrawn', actor, at: new Date() },
      )
      if (!moved) throw new Fault(faults.notFound)
      const { entity, ids } = applicationFacts(moved)
      await outbox.publish(tx, call, jobsEvents.applicationWithdrawn, {
        entity,
        payload: { ...ids, fromStage: from },
      })
      const application = await findOfCandidate(tx, candidate, applicationId)
      if (!application) throw new Fault(faults.notFound)
      return application
    })
  }
}
