import { randomUUID } from 'node:crypto'
import {
  interviewsEvents,
  type InterviewTemplate,
  type interviewsContract,
} from '@cenopie/interviews-contract'
import { jobsContract, jobsEvents } from '@cenopie/jobs-contract'
import { Fault, faults, type CallContext, type Input, type UserActor } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { anonymousCall, callBy, fake, testModule, userActor } from '@cenopie/platform-testing'
import { consentText } from '../domain/consent.ts'
import { createInterviews } from '../module.ts'
import { scriptedAnalyst } from './scripted-analyst.ts'

type Call = CallContext<UserActor>
type Content = Omit<Input<typeof interviewsContract.operations.createTemplate>, 'companyId'>

/** Its people; each reading of one is a call with time of its own. */
export interface Company {
  id: string
  owner: Call
  admin: Call
  recruiter: Call
  interviewer: Call
}

export interface Invitation {
  company: Company
  postingId: string
  applicationId: string
  interviewId: string
  candidate: Call
  token: string
  template: InterviewTemplate
  /** The ids of its questions. */
  questions: string[]
}

export interface Completion {
  consent?: boolean
  texts?: string[]
}

const criterion = (name: string, weight = 1) => ({
  name,
  description: `Shows ${name.toLowerCase()}.`,
  indicators: ['took responsibility'],
  weight,
})

/** Two questions; the second is optional. */
export const content: Content = {
  name: 'First interview',
  description: 'In writing.',
  language: 'en',
  questions: [
    {
      prompt: 'Tell us about an outage.',
      guidance: 'What you did.',
      maxCharacters: 2000,
      required: true,
      criteria: [criterion('Ownership', 3), criterion('Clarity', 1)],
    },
    {
      prompt: 'Why us?',
      guidance: '',
      maxCharacters: 50,
      required: false,
      criteria: [criterion('Motivation')],
    },
  ],
}

/** A call without a token, with time of its own. */
export const anyone = anonymousCall
export const giveConsent = { decision: 'given', version: consentText.version } as const

/** The interviews module on real servers, with postings that a test makes and an analyst that it scripts. */
export async function startScene(config: Record<string, number> = {}) {
  const analyst = scriptedAnalyst()
  const postings = new Map<string, string>()
  const app = await testModule(createInterviews({ analyst }), {
    requires: { jobs: fake(jobsContract, { getPosting: ({ postingId }) => posting(postings, postingId) }) },
    config: { analysisAttempts: 3, analysisBackoffSeconds: 0, ...config },
  })
  const { client } = app

  async function company(): Promise<Company> {
    const id = newId()
    const as = (role: string) => userActor({ memberships: { [id]: role } })
    const [owner, admin, recruiter] = [as('owner'), as('admin'), as('recruiter')]
    const interviewer = as('interviewer')
    return {
      id,
      get owner() {
        return callBy(owner)
      },
      get admin() {
        return callBy(admin)
      },
      get recruiter() {
        return callBy(recruiter)
      },
      get interviewer() {
        return callBy(interviewer)
      },
    }
  }

  async function draft(
    { id, recruiter }: Company,
    changes: Partial<Content> = {},
  ): Promise<InterviewTemplate> {
    return client.createTemplate({ companyId: id, ...content, ...changes }, recruiter)
  }

  async function published(owner: Company, changes: Partial<Content> = {}): Promise<InterviewTemplate> {
    const { id } = await draft(owner, changes)
    return client.publishTemplate({ templateId: id }, owner.recruiter)
  }

  function open({ id }: Company): string {
    const postingId = newId()
    postings.set(postingId, id)
    return postingId
  }

  /** An application as jobs speaks of it, and ways to move it. */
  function applicationOf(owner: Company, postingId: string) {
    const candidate = userActor()
    const payload = {
      applicationId: newId(),
      postingId,
      companyId: owner.id,
      companyName: 'Analytical Engines',
      title: 'Engineer',
      candidateId: candidate.id,
      candidateName: 'Ada Lovelace',
    }
    const entity = (version: number) => ({ id: payload.applicationId, version })
    const actedBy = owner.recruiter.actor.id
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
      reject: (version = 4) =>
        app.deliver(jobsEvents.applicationRejected, {
          entity: entity(version),
          payload: { ...payload, fromStage: 'interview', reason: 'other', actedBy },
        }),
    }
  }

  /** The newest invitation of an application. */
  async function invitationOf(applicationId: string) {
    const events = await app.published(interviewsEvents.invited)
    return events.findLast(({ payload }) => payload.applicationId === applicationId)?.payload
  }

  async function invite(owner?: Company, changes: Partial<Content> = {}): Promise<Invitation> {
    const of = owner ?? (await company())
    const postingId = open(of)
    const template = await published(of, changes)
    await client.assignTemplate({ postingId, templateId: template.id }, of.recruiter)
    const application = applicationOf(of, postingId)
    const { applicationId } = application
    await application.advance()
    const invitation = await invitationOf(applicationId)
    if (!invitation) throw new Error('nobody was invited')
    const { interviewId, token } = invitation
    const questions = template.questions.map(({ id }) => id)
    return {
      company: of,
      postingId,
      applicationId,
      interviewId,
      token,
      template,
      questions,
      get candidate() {
        return application.candidate
      },
    }
  }

  async function answer({ token, questions }: Invitation, ...texts: string[]): Promise<void> {
    for (const [at, text] of texts.entries()) {
      await client.saveAnswer({ token, questionId: questions[at] ?? '', text }, anyone())
    }
  }

  /** Consents, answers and submits; the analysis begins. */
  async function complete(
    invitation: Invitation,
    { consent = true, texts = ['I took responsibility for it.', 'I like engines.'] }: Completion = {},
  ): Promise<Invitation> {
    const { token } = invitation
    if (consent) await client.decideConsent({ token, ...giveConsent }, anyone())
    await answer(invitation, ...texts)
    await client.submitInterview({ token }, anyone())
    return invitation
  }

  const submit = async (completion?: Completion) => complete(await invite(), completion)

  const review = ({ interviewId, company: { recruiter } }: Invitation) =>
    client.reviewInterview({ interviewId }, recruiter)

  /** How often an event of one interview was published. */
  const count = async (
    event: (typeof interviewsEvents)[keyof typeof interviewsEvents],
    interviewId: string,
  ) => (await app.published(event)).filter(({ payload }) => payload.interviewId === interviewId).length

  return {
    app,
    client,
    analyst,
    company,
    draft,
    published,
    open,
    application: applicationOf,
    invitationOf,
    invite,
    answer,
    complete,
    submit,
    review,
    count,
  }
}

export type Scene = Awaited<ReturnType<typeof startScene>>

function posting(postings: ReadonlyMap<string, string>, postingId: string) {
  const companyId = postings.get(postingId)
  if (companyId === undefined) return Promise.reject(new Fault(faults.notFound))
  return Promise.resolve(postingOf(postingId, companyId))
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
