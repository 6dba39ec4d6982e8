import { eventually } from '../client/eventually.ts'
import { tokenIn } from '../client/mailbox.ts'
import { apply, draftPosting, foundCompany, publishTemplate, type TemplateContent } from './hiring.ts'
import { inTurns } from './in-turns.ts'
import { newcomer, type Person } from './person.ts'
import { ownProfile } from './profile.ts'
import { answers, template } from './rubric.ts'
import type { Stage } from './stage.ts'

/** Calls under way at once. */
const hands = 8

export interface CrowdSize {
  postings: number
  candidates: number
}

interface Company {
  recruiter: Person
  companyId: string
}

export interface Crowd extends Company {
  /** One per interview: sends it in. */
  submissions: (() => Promise<unknown>)[]
}

/** An invited crowd that has consented and answered in writing, ready to submit. */
export async function crowd(stage: Stage, size: CrowdSize): Promise<Crowd> {
  const content = { ...template, questions: template.questions.slice(0, 1) }
  const { invitations, ...company } = await invitedCrowd(stage, size, content)
  const submissions = await inTurns(hands, invitations, async ({ candidate, token }) => {
    await answer(candidate, token)
    return () => candidate.api.interviews.submitInterview({ token })
  })
  return { ...company, submissions }
}

export interface Invitation {
  candidate: Person
  /** Of the personal link. */
  token: string
}

/**
 * One company with `postings` postings, each of whose `candidates` is invited to an interview of `content`: as many as
 * the product of both.
 */
export async function invitedCrowd(
  stage: Stage,
  size: CrowdSize,
  content: TemplateContent,
): Promise<Company & { invitations: Invitation[] }> {
  const recruiter = await newcomer(stage, 'Grace Recruiter')
  const { id: companyId } = await foundCompany(recruiter)
  const { id: templateId } = await publishTemplate(recruiter, companyId, content)
  const candidates = await inTurns(hands, numbers(size.candidates), async (n) => {
    const candidate = await newcomer(stage, `Candidate ${n}`)
    await ownProfile(candidate)
    return candidate
  })
  const postings = await inTurns(hands, numbers(size.postings), async (n) => {
    const { id: postingId } = await draftPosting(recruiter, companyId, `Engineer ${n}`)
    await recruiter.api.interviews.assignTemplate({ postingId, templateId })
    await recruiter.api.jobs.publishPosting({ postingId })
    return postingId
  })
  await inTurns(
    hands,
    postings.flatMap((postingId) => candidates.map((candidate) => ({ candidate, postingId }))),
    async ({ candidate, postingId }) => {
      const { id: applicationId } = await apply(candidate, postingId)
      await recruiter.api.jobs.advanceApplication({
        applicationId,
        fromStage: 'applied',
        toStage: 'interview',
      })
    },
  )
  const links = await Promise.all(
    candidates.map((candidate) => invitationsOf(stage, candidate, size.postings)),
  )
  return { recruiter, companyId, invitations: links.flat() }
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

async function invitationsOf({ mailbox }: Stage, candidate: Person, count: number): Promise<Invitation[]> {
  const mails = await eventually(
    `${count} invitations for ${candidate.name}`,
    async () => {
      const all = (await mailbox.list(candidate.email)).filter(({ subject }) =>
        /invites you to/.test(subject),
      )
      return all.length >= count && all
    },
    { seconds: 120, every: 500 },
  )
  return mails.map((mail) => ({ candidate, token: tokenIn(mail) }))
}

async function answer({ api }: Person, token: string): Promise<void> {
  const { questions, consent } = await api.interviews.viewLink({ token })
  await api.interviews.decideConsent({ token, decision: 'given', version: consent.version })
  for (const { id } of questions)
    await api.interviews.saveAnswer({ token, questionId: id, text: answers[0] ?? '' })
}
