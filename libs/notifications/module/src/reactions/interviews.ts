import { interviewsEvents } from '@cenopie/interviews-contract'
import { react } from '@cenopie/platform-outbox'
import { announce } from './announce.ts'
import type { Deliver } from './deliver.ts'

interface Interview {
  interviewId: string
  applicationId: string
  postingId: string
  companyId: string
  companyName: string
  title: string
  candidateId: string
  candidateName: string
}

/** What happens to an interview: invitation and reminder to the candidate, progress to the company. */
export function interviewReactions(deliver: Deliver) {
  return [
    react(interviewsEvents.invited, 'invite-to-interview', ({ id, payload }, tx, call) => {
      const { facts, subject } = of(payload)
      const { token, deadline, modes } = payload
      const news = {
        entryId: id,
        type: 'interview-invited',
        facts: { ...facts, token, deadline, modes },
        subject,
      } as const
      return deliver(tx, call, news, [{ userId: payload.candidateId, mail: true }])
    }),
    react(interviewsEvents.reminderDue, 'remind-of-interview', ({ id, payload }, tx, call) => {
      const { facts, subject } = of(payload)
      const { token, deadline } = payload
      const news = {
        entryId: id,
        type: 'interview-reminder',
        facts: { ...facts, token, deadline },
        subject,
      } as const
      return deliver(tx, call, news, [{ userId: payload.candidateId, mail: true }])
    }),
    react(interviewsEvents.submitted, 'announce-submission', ({ id, payload, occurredAt }, tx, call) => {
      const told = toCompany(payload, occurredAt)
      const facts = { ...told.facts, humanReview: payload.humanReview }
      return announce(tx, call, deliver, { entryId: id, type: 'interview-submitted', ...told, facts })
    }),
    react(interviewsEvents.analysed, 'announce-analysis', ({ id, payload, occurredAt }, tx, call) => {
      const told = toCompany(payload, occurredAt)
      const facts = { ...told.facts, unscored: payload.unscored }
      return announce(tx, call, deliver, {
        entryId: id,
        type: 'interview-analysed',
        ...told,
        facts,
        mailTo: payload.invitedBy,
      })
    }),
    react(
      interviewsEvents.analysisFailed,
      'announce-failed-analysis',
      ({ id, payload, occurredAt }, tx, call) => {
        const told = toCompany(payload, occurredAt)
        const facts = { ...told.facts, leftToPeople: payload.leftToPeople }
        return announce(tx, call, deliver, {
          entryId: id,
          type: 'interview-analysis-failed',
          ...told,
          facts,
          mailTo: payload.invitedBy,
        })
      },
    ),
    react(interviewsEvents.decided, 'announce-decision', ({ id, payload, occurredAt }, tx, call) => {
      const told = toCompany(payload, occurredAt)
      const facts = { ...told.facts, decision: payload.decision }
      return announce(tx, call, deliver, {
        entryId: id,
        type: 'interview-decided',
        ...told,
        facts,
        actedBy: payload.decidedBy,
      })
    }),
    react(
      interviewsEvents.decisionChanged,
      'announce-changed-decision',
      ({ id, payload, occurredAt }, tx, call) => {
        const told = toCompany(payload, occurredAt)
        const facts = { ...told.facts, to: payload.to }
        return announce(tx, call, deliver, {
          entryId: id,
          type: 'interview-decision-changed',
          ...told,
          facts,
          actedBy: payload.decidedBy,
        })
      },
    ),
    react(
      interviewsEvents.alternativeRequested,
      'announce-alternative',
      ({ id, payload, occurredAt }, tx, call) => {
        const told = toCompany(payload, occurredAt)
        const facts = { ...told.facts, kind: payload.kind }
        return announce(tx, call, deliver, { entryId: id, type: 'alternative-requested', ...told, facts })
      },
    ),
    react(
      interviewsEvents.humanReviewRequested,
      'announce-human-review',
      ({ id, payload, occurredAt }, tx, call) =>
        announce(tx, call, deliver, {
          entryId: id,
          type: 'human-review-requested',
          ...toCompany(payload, occurredAt),
        }),
    ),
    react(interviewsEvents.humanReviewResolved, 'answer-human-review', ({ id, payload }, tx, call) => {
      const { facts, subject } = of(payload)
      const { outcome, decision } = payload
      const news = {
        entryId: id,
        type: 'human-review-resolved',
        facts: { ...facts, outcome, decision },
        subject,
      } as const
      return deliver(tx, call, news, [{ userId: payload.candidateId, mail: true }])
    }),
  ]
}

function of({ companyName, title, candidateName, ...ids }: Interview) {
  const { companyId, postingId, applicationId, interviewId } = ids
  return {
    facts: { companyName, title, candidateName },
    subject: { companyId, postingId, applicationId, interviewId },
  }
}

const toCompany = (payload: Interview, occurredAt: string) => ({
  ...of(payload),
  about: payload.candidateId,
  companyId: payload.companyId,
  occurredAt: new Date(occurredAt),
  mailTo: undefined,
  actedBy: undefined,
})
