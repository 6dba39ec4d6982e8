import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { auditActor } from '../data/audit.ts'
import { isErased, nobody } from '../data/erasure.ts'
import { findHumanReview } from '../data/human-reviews.ts'
import { lockForCandidate } from '../data/interview-row.ts'
import { findRetention, insertRetention } from '../data/retention.ts'
import { readableBy } from '../domain/access.ts'
import { lockReadable, requireAdmin, requireMember } from './authorise.ts'
import type { Erase } from './erase.ts'
import { candidateOf } from './link-access.ts'
import type { Operations } from './types.ts'

const waits = 'The candidate waits for a human review; answer it first.'

export function retentionOperations(
  database: Database,
  erase: Erase,
): Operations<'getRetention' | 'setRetention' | 'eraseMyInterview' | 'eraseInterview'> {
  return {
    async getRetention({ companyId }, { actor }) {
      requireMember(actor, companyId)
      return findRetention(database, companyId, readableBy(actor))
    },

    /** Every setting stays beside its author and time: the table is its own trail. */
    async setRetention({ companyId, days }, { actor }) {
      requireAdmin(actor, companyId)
      return database.transaction(async (tx) => {
        await insertRetention(tx, companyId, days, actor.id, new Date())
        return findRetention(tx, companyId, readableBy(actor))
      })
    },

    async eraseMyInterview({ interviewId }, call) {
      return database.transaction(async (tx) => {
        const interview = await lockForCandidate(tx, interviewId, call.actor.id)
        if (!interview) throw new Fault(faults.notFound)
        const by = { ...candidateOf(interview), id: nobody }
        return erase(tx, call, interview, { cause: 'candidate', by })
      })
    },

    async eraseInterview({ interviewId, reason }, call) {
      return database.transaction(async (tx) => {
        const interview = await lockReadable(tx, interviewId, call.actor)
        requireAdmin(call.actor, interview.companyId)
        if (await isErased(tx, interviewId)) throw new Fault(interviewFaults.erased)
        const review = await findHumanReview(tx, interviewId)
        if (review?.outcome === null) throw new Fault(faults.forbidden, { detail: waits })
        return erase(tx, call, interview, { cause: 'company', by: auditActor(call.actor), reason })
      })
    },
  }
}
