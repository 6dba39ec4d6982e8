import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { tokenIn } from '../client/mailbox.ts'
import { checkEvidence } from './evidence.ts'
import { apply, draftPosting, foundCompany, publishTemplate } from './hiring.ts'
import { Person } from './person.ts'
import { ownProfile } from './profile.ts'
import { answers } from './rubric.ts'
import type { Stage } from './stage.ts'

/**
 * The platform's main job, told from both sides: a company looks for somebody, a candidate applies and answers an
 * interview, the answers are analysed in the background, a person decides. Throws at the first thing that does not
 * hold; resolves to what there is to see at the end.
 */
export async function mainJob(stage: Stage) {
  const { mailbox, step } = stage
  const recruiter = new Person(stage, 'Grace Recruiter')
  const candidate = new Person(stage, 'Ada Candidate')

  await step('The recruiter signs up', () => recruiter.signUp())
  await step('… and confirms the address by the link in the mail', () => recruiter.confirmAddress(stage))
  await step('… and signs in', () => recruiter.signIn())
  const company = await step('The recruiter founds a company', () => foundCompany(recruiter))
  const template = await step('… publishes an interview template with its rubric', () =>
    publishTemplate(recruiter, company.id),
  )
  const draft = await step('… drafts a posting', () => draftPosting(recruiter, company.id))
  await step('… whose candidates are interviewed with that template', () =>
    recruiter.api.interviews.assignTemplate({ postingId: draft.id, templateId: template.id }),
  )
  const posting = await step('… and publishes it', () =>
    recruiter.api.jobs.publishPosting({ postingId: draft.id }),
  )

  await step('The candidate signs up', () => candidate.signUp())
  await step('… confirms the address', () => candidate.confirmAddress(stage))
  await step('… and signs in', () => candidate.signIn())
  await step('The candidate fills in the profile', () => fillInProfile(candidate))
  await step('… finds the posting on the public board', async () => {
    const board = await candidate.api.jobs.listPostings({ companyId: company.id })
    assert.deepEqual(
      board.items.map(({ id }) => id),
      [posting.id],
    )
  })
  const application = await step('… and applies', () => apply(candidate, posting.id))

  await step('The recruiter advances the application to the interview', async () => {
    const { items, counts } = await recruiter.api.jobs.listApplications({ postingId: posting.id })
    assert.equal(counts.applied, 1)
    const { id, stage: fromStage } = items[0] ?? assert.fail('the application is not in the list')
    await recruiter.api.jobs.advanceApplication({ applicationId: id, fromStage, toStage: 'interview' })
  })
  const invitation = await step('The candidate receives the invitation by mail', () =>
    mailbox.waitFor(candidate.email, /invites you to an interview/),
  )
  const token = tokenIn(invitation)
  const view = await step('… opens the personal link', () => candidate.api.interviews.viewLink({ token }))
  await step('… consents to evaluation with the help of AI', () =>
    candidate.api.interviews.decideConsent({ token, decision: 'given', version: view.consent.version }),
  )
  await step(`… answers ${view.questions.length} questions`, async () => {
    for (const [at, { id }] of view.questions.entries()) {
      const text = answers[at] ?? assert.fail(`the story has no answer to question ${at + 1}`)
      await candidate.api.interviews.saveAnswer({ token, questionId: id, text })
    }
  })
  const submitted = await step('… and submits, which returns at once', () =>
    candidate.api.interviews.submitInterview({ token }),
  )
  assert.equal(submitted.status, 'submitted')

  const interviewId = submitted.interviewId
  const review = await step('The answers are analysed in the background', () =>
    eventually('the analysis', async () => {
      const seen = await recruiter.api.interviews.reviewInterview({ interviewId })
      assert.notEqual(seen.status, 'analysis-failed')
      return seen.status === 'analysed' && seen
    }),
  )
  await step('… each criterion scored, each quote literally in its answer', async () => checkEvidence(review))
  await step('The recruiter is told by mail', () => mailbox.waitFor(recruiter.email, /interview analysed/i))

  await step('The recruiter submits a scorecard of their own', async () => {
    const scores = review.questions.flatMap(({ question }) =>
      question.criteria.map(({ id }) => ({ questionId: question.id, criterionId: id, score: 4 })),
    )
    await recruiter.api.interviews.saveScorecard({
      interviewId,
      scores,
      notes: 'Measures before acting, and says what came of it.',
      recommendation: 'strong-yes',
    })
    const { status } = await recruiter.api.interviews.submitScorecard({ interviewId })
    assert.equal(status, 'submitted')
  })
  await step('… and decides to go on', () =>
    recruiter.api.interviews.decideInterview({
      interviewId,
      decision: 'advance',
      reason: 'Strong diagnosis with figures, and settles disagreement by evidence.',
    }),
  )
  const outcome = await step('The application moves on to the offer', () =>
    eventually('the offer', async () => {
      const seen = await candidate.api.jobs.getMyApplication({ applicationId: application.id })
      return seen.stage === 'offer' && seen
    }),
  )
  await step('… and the candidate is told by mail', () =>
    eventually('mail about the offer', async () =>
      (await mailbox.list(candidate.email)).find(({ text }) => /make\s+you\s+an\s+offer/.test(text)),
    ),
  )
  const decided = await recruiter.api.interviews.reviewInterview({ interviewId })
  return { recruiter, candidate, company, posting, review: decided, application: outcome }
}

async function fillInProfile(candidate: Person): Promise<void> {
  const { users } = candidate.api
  const { version } = await ownProfile(candidate)
  const named = await users.updateMe({
    version,
    headline: 'Backend engineer who measures first',
    location: 'Berlin, Germany',
    openToWork: true,
  })
  const skilled = await users.replaceSkills({ version: named.version, items: ['TypeScript', 'PostgreSQL'] })
  await users.replaceExperience({
    version: skilled.version,
    items: [{ title: 'Backend engineer', organization: 'Acme', start: '2020-03' }],
  })
}
