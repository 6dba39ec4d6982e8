import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { auditActor, record } from '../data/audit.ts'
import type { Prisma } from '../data/client.ts'
import { questionsOf } from '../data/postings.ts'
import { findScorecard, saveScorecard, scorecardsOf, submitScorecard } from '../data/scorecards.ts'
import { statusFor } from '../data/summaries.ts'
import { isOneOf, reviewable } from '../domain/lifecycle.ts'
import { refuseScores, seesOthers } from '../domain/scorecard.ts'
import { lockReadable, readerOf } from './authorise.ts'
import type { Operations } from './types.ts'

export function scorecardOperations(
  database: Database,
  prisma: Prisma,
): Operations<'saveScorecard' | 'submitScorecard' | 'listScorecards'> {
  return {
    async saveScorecard({ interviewId, scores, notes, recommendation }, { actor }) {
      return database.transaction(async (tx) => {
        const interview = await lockReadable(tx, interviewId, actor)
        if (interview.status === 'decided') throw new Fault(interviewFaults.alreadyDecided)
        if (!isOneOf(interview.status, reviewable)) throw new Fault(interviewFaults.notReviewable)
        const errors = refuseScores(scores, await questionsOf(tx, interview))
        if (errors.length > 0) throw invalid(...errors)
        const draft = { scores, notes, recommendation }
        const saved = await saveScorecard(tx, interviewId, actor.id, draft, new Date())
        if (!saved) throw new Fault(interviewFaults.scorecardSubmitted)
        return saved
      })
    },

    async submitScorecard({ interviewId }, { actor }) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockReadable(tx, interviewId, actor)
        if (interview.status === 'decided') throw new Fault(interviewFaults.alreadyDecided)
        const submitted = await submitScorecard(tx, interviewId, actor.id, now)
        if (!submitted) {
          const own = await findScorecard(tx, interviewId, actor.id)
          throw new Fault(own ? interviewFaults.scorecardSubmitted : faults.notFound)
        }
        const { scores, recommendation } = submitted
        await record(tx, {
          interviewId,
          actor: auditActor(actor),
          action: 'scorecard.submitted',
          after: { scores: scores.length, recommendation: recommendation ?? null },
          at: now,
        })
        return submitted
      })
    },

    async listScorecards({ interviewId }, { actor }) {
      const status = await statusFor(prisma, interviewId, readerOf(actor))
      if (status === undefined) throw new Fault(faults.notFound)
      const { own, others } = await scorecardsOf(prisma, interviewId, actor.id)
      const shown = seesOthers(own, status) ? others : []
      return { ...(own === undefined ? {} : { own }), others: shown, hidden: others.length - shown.length }
    },
  }
}
