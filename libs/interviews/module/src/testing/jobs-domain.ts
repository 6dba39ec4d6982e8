import { randomUUID } from 'node:crypto'
import type { interviewsContract } from '@cenopie/interviews-contract'
import { jobsEvents } from '@cenopie/jobs-contract'
import { Fault, faults, type CallContext, type UserActor } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { callBy, userActor, type TestModule } from '@cenopie/platform-testing'

type Interviews = Pick<TestModule<typeof interviewsContract>, 'deliver'>
interface Company {
  id: string
  recruiter: CallContext<UserActor>
}

/** Postings as the jobs domain would have them. */
export function jobsPostings() {
  const companies = new Map<string, string>()
  return {
    open({ id }: Pick<Company, 'id'>): string {
      const postingId = newId()
      companies.set(postingId, id)
      return postingId
    },
    get({ postingId }: { postingId: string }) {
      const companyId = companies.get(postingId)
      if (companyId === undefined) return Promise.reject(new Fault(faults.notFound))
      return Promise.resolve(postingOf(postingId, companyId))
    },
  }
}

/** A posting as jobs answers. */
export function postingOf(postingId: string, companyId: string) {
  return {
    id: postingId,
    companyId,
    companyName: 'Analytical Engines',
    companySlug: 'analytical-engines',
    title: 'Engineer',
    description: 'Build engines.',
    location: 'London',
    workplace: 'remote' as const,
    employment: 'full-time' as const,
    skills: [],
    questions: [],
    state: 'published' as const,
    version: 1,
    createdAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-01T00:00:00Z',
  }
}

/** An application as jobs speaks of it, and ways to move it. */
export function applicationOf(app: Interviews, company: Company, postingId: string) {
  const candidate = userActor()
  const payload = {
    applicationId: newId(),
    postingId,
    companyId: company.id,
    companyName: 'Analytical Engines',
    title: 'Engineer',
    candidateId: candidate.id,
    candidateName: 'Ada Lovelace',
  }
  const entity = (version: number) => ({ id: payload.applicationId, version })
  const actedBy = company.recruiter.actor.id
  return {
    ...payload,
    get candidate() {
      return callBy(candidate)
    },
    advance: (
      version = 3,
      toStage: 'screening' | 'interview' | 'offer' = 'interview',
      id: string = randomUUID(),
    ) =>
      app.deliver(
        jobsEvents.applicationAdvanced,
        { entity: entity(version), payload: { ...payload, fromStage: 'applied', toStage, actedBy } },
        { id },
      ),
    withdraw: (version = 4) =>
      app.deliver(jobsEvents.applicationWithdrawn, {
        entity: entity(version),
        payload: { ...payload, fromStage: 'interview' },
      }),
    reject: (version = 4, fromStage: 'interview' | 'offer' = 'interview', occurredAt?: string) =>
      app.deliver(jobsEvents.applicationRejected, {
        entity: entity(version),
        payload: { ...payload, fromStage, reason: 'other', actedBy },
        ...(occurredAt === undefined ? {} : { occurredAt }),
      }),
    hire: (version = 5) =>
      app.deliver(jobsEvents.applicationHired, {
        entity: entity(version),
        payload: { ...payload, actedBy },
      }),
  }
}
