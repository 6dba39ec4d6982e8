import {
  decisionChanged,
  humanReviewRequested,
  humanReviewResolved,
  interviewFaults,
  type HumanReviewOutcome,
} from '@cenopie/interviews-contract'
import { Fault, faults, type CallContext, type UserActor } from '@cenopie/platform-contract'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { auditActor, record } from '../data/audit.ts'
import type { Prisma } from '../data/client.ts'
import {
  changeDecision,
  findHumanReview,
  humanReviewCaseOf,
  humanReviewOf,
  insertHumanReview,
  listHumanReviews,
  nextVersion,
  resolveHumanReview,
} from '../data/human-reviews.ts'
import { lockForCandidate, type InterviewRow } from '../data/interview-row.ts'
import { factsOf, invitedByOf } from '../domain/facts.ts'
import { isOneOf, reviewable } from '../domain/lifecycle.ts'
import { lockManaged, readerOf, requireMember } from './authorise.ts'
import { candidateOf } from './link-access.ts'
import { paged, positionOf } from './paged.ts'
import type { Operations } from './types.ts'

/** A candidate's right to a person who looks again (GDPR Art. 22(3)), and what people answer. */
export function humanReviewOperations(
  database: Database,
  prisma: Prisma,
  outbox: Outbox,
): Operations<'requestHumanReview' | 'listHumanReviews' | 'resolveHumanReview'> {
  /** The interview with the decision that holds from now on. */
  async function settle(
    tx: Transaction,
    call: CallContext<UserActor>,
    interview: InterviewRow,
    outcome: HumanReviewOutcome,
    explanation: string,
    at: Date,
  ): Promise<InterviewRow> {
    if (outcome === 'upheld') return nextVersion(tx, interview.id)
    if (interview.decision === null) throw new Fault(interviewFaults.notDecided)
    const from = interview.decision
    const to = from === 'advance' ? 'reject' : 'advance'
    const by = call.actor.id
    const changed = await changeDecision(tx, interview.id, { to, reason: explanation, by, at })
    await outbox.publish(tx, call, decisionChanged, {
      entity: { id: changed.id, version: changed.version },
      payload: { ...factsOf(changed), from, to, decidedBy: by },
    })
    await record(tx, {
      interviewId: changed.id,
      actor: auditActor(call.actor),
      action: 'decision.changed',
      before: { decision: from, decidedAt: interview.decidedAt },
      after: { decision: to, reason: explanation, because: 'human-review' },
      at,
    })
    return changed
  }

  return {
    async requestHumanReview({ interviewId, reason }, call) {
      const now = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockForCandidate(tx, interviewId, call.actor.id)
        if (!interview) throw new Fault(faults.notFound)
        if (!isOneOf(interview.status, [...reviewable, 'decided']))
          throw new Fault(interviewFaults.notReviewable)
        const review = await insertHumanReview(tx, interview, reason, now)
        if (!review) throw new Fault(interviewFaults.humanReviewRequested)
        const asked = await nextVersion(tx, interview.id)
        const { decidedBy } = interview
        await outbox.publish(tx, call, humanReviewRequested, {
          entity: { id: asked.id, version: asked.version },
          payload: {
            ...factsOf(asked),
            ...invitedByOf(asked),
            ...(decidedBy === null ? {} : { decidedBy }),
          },
        })
        await record(tx, {
          interviewId,
          actor: candidateOf(interview),
          action: 'human-review.requested',
          after: { decision: interview.decision },
          at: now,
        })
        return humanReviewOf(review, interview)
      })
    },

    async listHumanReviews({ limit, cursor, ...filter }, { actor }) {
      requireMember(actor, filter.companyId)
      const page = { ...filter, before: positionOf(cursor), take: limit + 1 }
      return paged(await listHumanReviews(prisma, readerOf(actor), page), limit)
    },

    async resolveHumanReview({ interviewId, outcome, explanation }, call) {
      const at = new Date()
      return database.transaction(async (tx) => {
        const interview = await lockManaged(tx, interviewId, call.actor)
        const present = await findHumanReview(tx, interviewId)
        if (!present) throw new Fault(faults.notFound)
        if (present.outcome !== null) throw new Fault(interviewFaults.humanReviewResolved)
        const answer = { outcome, explanation, by: call.actor.id, at }
        const resolved = await resolveHumanReview(tx, interviewId, answer)
        const settled = await settle(tx, call, interview, outcome, explanation, at)
        const { decision } = settled
        await outbox.publish(tx, call, humanReviewResolved, {
          entity: { id: settled.id, version: settled.version },
          payload: { ...factsOf(settled), outcome, ...(decision === null ? {} : { decision }) },
        })
        await record(tx, {
          interviewId,
          actor: auditActor(call.actor),
          action: 'human-review.resolved',
          after: { outcome, reason: explanation, decision },
          at,
        })
        return humanReviewCaseOf(resolved, settled)
      })
    },
  }
}
