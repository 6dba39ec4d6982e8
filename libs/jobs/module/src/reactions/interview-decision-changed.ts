import { interviewsEvents } from '@cenopie/interviews-contract'
import { react } from '@cenopie/platform-outbox'
import { noteChangedDecision } from '../data/applications.ts'

/**
 * A human review turned a decision round. The application may have gone on meanwhile, an offer may be out: people move
 * it, and see on it that they have to.
 */
export const interviewDecisionChanged = react(
  interviewsEvents.decisionChanged,
  'jobs.interview-decision-changed',
  ({ payload, occurredAt }, tx) =>
    noteChangedDecision(tx, payload, {
      to: payload.to,
      at: new Date(occurredAt),
      by: payload.decidedBy,
    }),
)
