import { interviewFaults } from '@cenopie/interviews-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { updateOverall } from '../data/analysis.ts'
import { auditActor, record } from '../data/audit.ts'
import { findScore, overrideScore } from '../data/overrides.ts'
import { questionsOf } from '../data/postings.ts'
import { criterionScoreOf } from '../data/review.ts'
import { isOneOf, reviewable } from '../domain/lifecycle.ts'
import { lockManaged } from './authorise.ts'
import type { Operations } from './types.ts'

export function overrideOperation(database: Database): Operations<'overrideScore'> {
  return {
    async overrideScore({ interviewId, answerId, criterionId, score, reason }, { actor }) {
      const at = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockManaged(tx, interviewId, actor)
        if (interview.status === 'decided') throw new Fault(interviewFaults.alreadyDecided)
        const present = await findScore(tx, interviewId, answerId, criterionId)
        if (!present || !isOneOf(interview.status, reviewable)) throw new Fault(interviewFaults.notAnalysed)
        const criteria = (await questionsOf(tx, interview)).flatMap((question) => question.criteria)
        const name = criteria.find(({ id }) => id === criterionId)?.name ?? ''
        const repeated =
          present.overrideScore === score &&
          present.overrideReason === reason &&
          present.overrideBy === actor.id
        if (repeated) return criterionScoreOf(name, present)
        const overridden = await overrideScore(tx, answerId, criterionId, { score, reason, by: actor.id, at })
        const overall = await updateOverall(tx, interviewId)
        await record(tx, {
          interviewId,
          actor: auditActor(actor),
          action: 'score.overridden',
          before: {
            answerId,
            criterionId,
            score: present.overrideScore ?? present.score,
            overall: interview.overall,
          },
          after: { answerId, criterionId, score, reason, overall: overall ?? null },
          at,
        })
        return criterionScoreOf(name, overridden)
      })
    },
  }
}
