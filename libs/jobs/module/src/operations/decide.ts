import { jobsFaults } from '@cenopie/jobs-contract'
import type { ApplicationDetail, ApplicationReference } from '@cenopie/jobs-contract'
import type { CallContext, UserActor } from '@cenopie/platform-contract'
import { Fault } from '@cenopie/platform-contract'
import { sqlOf } from '@cenopie/platform-database'
import type { Database, PrismaTransaction } from '@cenopie/platform-database'
import { findOfCompany } from '../data/application-views.ts'
import type { Move } from '../data/applications.ts'
import { findReference, moveApplication } from '../data/applications.ts'
import type { Prisma } from '../data/prisma.ts'
import { managedCompanies, readableCompanies } from '../domain/roles.ts'
import { mayMove, takesBack } from '../domain/transitions.ts'
import { managed } from './authorise.ts'

export interface Decision extends Omit<Move, 'actor' | 'at'> {
  applicationId: string
  /** Writes the event beside the move. */
  announce: (tx: PrismaTransaction, moved: ApplicationReference) => Promise<void>
}

/** Moves an application on behalf of somebody who manages its company, and answers how it stands then. */
export type Decide = (decision: Decision, call: CallContext<UserActor>) => Promise<ApplicationDetail>

/**
 * The company, the role and the expected stage are part of the UPDATE; only when it found nothing is it asked why.
 */
export function decide(database: Database, prisma: Prisma): Decide {
  return async ({ applicationId, announce, ...move }, call) => {
    const companies = managedCompanies(call.actor)
    const actor = { kind: 'user', id: call.actor.id } as const
    const detail =
      (mayMove(move.from, move.to) || takesBack(move.from, move.to)) &&
      (await prisma.$transaction(async (tx) => {
        const made = { ...move, actor, at: new Date(), settlesChange: true }
        const moved = await moveApplication(sqlOf(tx), applicationId, { companies }, made)
        if (!moved) return undefined
        await announce(tx, moved)
        return findOfCompany(tx, companies, applicationId)
      }))
    if (!detail) throw await refusal(database, applicationId, move.from, call)
    return detail
  }
}

async function refusal(database: Database, applicationId: string, from: string, call: CallContext) {
  const companies = readableCompanies(call.actor)
  const { stage } = managed(call.actor, await findReference(database, applicationId, { companies }))
  const detail = `The application is in stage ${stage}.`
  return new Fault(stage === from ? jobsFaults.transitionNotAllowed : jobsFaults.stageMoved, { detail })
}
