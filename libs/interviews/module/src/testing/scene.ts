import { interviewsEvents, type InterviewTemplate } from '@cenopie/interviews-contract'
import { jobsContract } from '@cenopie/jobs-contract'
import { mediaContract } from '@cenopie/media-contract'
import type { CallContext, UserActor } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import { anonymousCall, fake, membersOf, testModule } from '@cenopie/platform-testing'
import { consentText } from '../domain/consent.ts'
import type { Transcriber } from '../domain/transcriber.ts'
import { createInterviews } from '../module.ts'
import { content, type Content } from './content.ts'
import { applicationOf, jobsPostings } from './jobs-domain.ts'
import { mediaFiles } from './media-domain.ts'
import { scriptedAnalyst } from './scripted-analyst.ts'
import { scriptedTranscriber } from './scripted-transcriber.ts'

export type Company = ReturnType<typeof company>

export interface Invitation {
  company: Company
  /** As jobs speaks of it, and moves it. */
  application: ReturnType<typeof applicationOf>
  postingId: string
  applicationId: string
  interviewId: string
  candidate: CallContext<UserActor>
  token: string
  template: InterviewTemplate
  /** The ids of its questions. */
  questions: string[]
}

export interface Completion {
  consent?: boolean
  texts?: string[]
}

/** A call without a token, with time of its own. */
export const anyone = anonymousCall
export const giveConsent = { decision: 'given', version: consentText.version } as const

/** The interviews module on real servers, with postings that a test makes and an analyst that it scripts. */
export async function startScene(
  config: Record<string, number | string> = {},
  real: { transcriber?: Transcriber } = {},
) {
  const analyst = scriptedAnalyst()
  const transcriber = scriptedTranscriber()
  const postings = jobsPostings()
  const media = mediaFiles()
  const app = await testModule(createInterviews({ analyst, transcriber, ...real }), {
    requires: {
      jobs: fake(jobsContract, { getPosting: postings.get }),
      media: fake(mediaContract, media.client()),
    },
    config: {
      analysisAttempts: 3,
      analysisBackoffSeconds: 0,
      transcriptionAttempts: 3,
      transcriptionBackoffSeconds: 0,
      ...config,
    },
  })
  const { client } = app

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

  /** The newest invitation of an application. */
  async function invitationOf(applicationId: string) {
    const events = await app.published(interviewsEvents.invited)
    return events.findLast(({ payload }) => payload.applicationId === applicationId)?.payload
  }

  async function invite(owner?: Company, changes: Partial<Content> = {}): Promise<Invitation> {
    const of = owner ?? company()
    const postingId = postings.open(of)
    const template = await published(of, changes)
    await client.assignTemplate({ postingId, templateId: template.id }, of.recruiter)
    const application = applicationOf(app, of, postingId)
    const { applicationId } = application
    await application.advance()
    const invitation = await invitationOf(applicationId)
    if (!invitation) throw new Error('nobody was invited')
    const { interviewId, token } = invitation
    const questions = template.questions.map(({ id }) => id)
    return {
      company: of,
      application,
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

  /** Whether anybody waits for another transaction. */
  const waitsForLock = async () => {
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    return (await app.sql(waiting)).length > 0
  }

  return {
    app,
    client,
    analyst,
    transcriber,
    media,
    company,
    draft,
    published,
    open: postings.open,
    application: (of: Company, postingId: string) => applicationOf(app, of, postingId),
    invitationOf,
    invite,
    answer,
    complete,
    submit,
    review,
    count,
    waitsForLock,
  }
}

export type Scene = Awaited<ReturnType<typeof startScene>>

/** A company with a member in each role. */
function company() {
  return membersOf(newId(), ['owner', 'admin', 'recruiter', 'interviewer'])
}
