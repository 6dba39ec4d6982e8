import { eventually } from '../client/eventually.ts'
import { tokenIn } from '../client/mailbox.ts'
import { apply, draftPosting, foundCompany, publishTemplate } from './hiring.ts'
import { inTurns } from './in-turns.ts'
import { newcomer, type Person } from './person.ts'
import { ownProfile } from './profile.ts'
import { answers, template } from './rubric.ts'
import type { Stage } from './stage.ts'

/** Calls under way at once. */
const hands = 8

export interface Crowd {
  recruiter: Person
  companyId: string
  /** One per interview: sends it in. */
  submissions: (() => Promise<unknown>)[]
}

/**
 * One company with `postings` postings, each of whose `candidates` is invited, has consented and answered: as many
 * interviews as the product of both, ready to be submitted.
 */
export async function crowd(stage: Stage, size: { postings: number; candidates: number }): Promise<Crowd> {
  const recruiter = await newcomer(stage, 'Grace Recruiter')
  const { id: companyId } = await foundCompany(recruiter)
  const { id: templateId } = await publishTemplate(recruiter, companyId, {
    ...template,
    questions: template.questions.slice(0, 1),
  })
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
  const links = await Promise.all(candidates.map((candidate) => invitations(stage, candidate, size.postings)))
  const submissions = await inTurns(hands, links.flat(), async ({ candidate, token }) => {
    await answer(candidate, token)
    return () => candidate.api.interviews.submitInterview({ token })
  })
  return { recruiter, companyId, submissions }
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

async function invitations({ mailbox }: Stage, candidate: Person, count: number) {
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
