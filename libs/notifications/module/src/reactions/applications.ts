import { jobsEvents } from '@cenopie/jobs-contract'
import { react } from '@cenopie/platform-outbox'
import { announce } from './announce.ts'
import type { Deliver } from './deliver.ts'

interface Application {
  applicationId: string
  postingId: string
  companyId: string
  companyName: string
  title: string
  candidateId: string
  candidateName: string
}

/** What happens to an application: the candidate hears of what the company does, and the other way round. */
export function applicationReactions(deliver: Deliver) {
  return [
    react(jobsEvents.applicationSubmitted, 'confirm-application', ({ id, payload }, tx, call) => {
      const news = { entryId: id, type: 'application-submitted', ...of(payload) } as const
      return deliver(tx, call, news, [{ userId: payload.candidateId, mail: true }])
    }),
    react(jobsEvents.applicationSubmitted, 'announce-application', ({ id, payload, occurredAt }, tx, call) =>
      announce(tx, call, deliver, {
        entryId: id,
        type: 'application-received',
        ...toCompany(payload, occurredAt),
        actedBy: payload.candidateId,
      }),
    ),
    react(jobsEvents.applicationAdvanced, 'tell-application-advanced', async ({ id, payload }, tx, call) => {
      // Hiring is an event of its own.
      if (payload.toStage === 'hired') return
      const { facts, subject } = of(payload)
      const news = {
        entryId: id,
        type: 'application-advanced',
        facts: { ...facts, toStage: payload.toStage },
        subject,
      } as const
      // The invitation to the interview is a mail of its own, with the link.
      const mail = payload.toStage !== 'interview'
      await deliver(tx, call, news, [{ userId: payload.candidateId, mail }])
    }),
    react(jobsEvents.applicationRejected, 'tell-application-rejected', ({ id, payload }, tx, call) => {
      const { facts, subject } = of(payload)
      const news = {
        entryId: id,
        type: 'application-rejected',
        // Never the reason: that one is for the company.
        facts: { ...facts, message: payload.message },
        subject,
      } as const
      return deliver(tx, call, news, [{ userId: payload.candidateId, mail: true }])
    }),
    react(jobsEvents.applicationHired, 'tell-application-hired', ({ id, payload }, tx, call) => {
      const news = { entryId: id, type: 'application-hired', ...of(payload) } as const
      return deliver(tx, call, news, [{ userId: payload.candidateId, mail: true }])
    }),
    react(jobsEvents.applicationWithdrawn, 'announce-withdrawal', ({ id, payload, occurredAt }, tx, call) =>
      announce(tx, call, deliver, {
        entryId: id,
        type: 'application-withdrawn',
        ...toCompany(payload, occurredAt),
        actedBy: payload.candidateId,
      }),
    ),
  ]
}

function of({ companyName, title, candidateName, companyId, postingId, applicationId }: Application) {
  return {
    facts: { companyName, title, candidateName, postingId },
    subject: { companyId, postingId, applicationId },
  }
}

const toCompany = (payload: Application, occurredAt: string) => ({
  ...of(payload),
  about: payload.candidateId,
  companyId: payload.companyId,
  occurredAt: new Date(occurredAt),
  mailTo: undefined,
})
