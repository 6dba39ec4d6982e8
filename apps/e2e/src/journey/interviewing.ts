import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { apply, draftPosting, foundCompany, publishTemplate, type TemplateContent } from './hiring.ts'
import { newcomer, type Person } from './person.ts'
import { ownProfile } from './profile.ts'
import { answers, template } from './rubric.ts'
import type { Stage } from './stage.ts'

const day = 86_400_000

/** What recruiters and candidates do around an interview when not everything goes well at once. */
export async function interviewing(stage: Stage): Promise<void> {
  const { step } = stage
  const recruiter = await newcomer(stage, 'Ines Interviewer')
  const candidate = await newcomer(stage, 'Kim Candidate')
  await ownProfile(candidate)
  const { interviews } = recruiter.api
  const { id: companyId } = await foundCompany(recruiter)

  await step('A template is edited into its next version, and archived', async () => {
    const { id: templateId } = await publishTemplate(recruiter, companyId)
    const { revision } = await interviews.getTemplate({ templateId })
    const next = await interviews.updateTemplate({
      templateId,
      revision,
      ...template,
      name: 'Second interview',
    })
    assert.equal(next.version, 2)
    assert.equal((await interviews.archiveTemplate({ templateId })).status, 'archived')
    assert.equal((await interviews.listTemplates({ companyId })).items.length, 1)
  })
  await step('An interview is analysed, and a score overridden', async () => {
    const interviewId = await invited(recruiter, candidate, companyId, 'en')
    await interviews.resendInvitation({ interviewId })
    await interviews.extendDeadline({ interviewId, deadline: new Date(Date.now() + 30 * day).toISOString() })
    await submitted(candidate, interviewId)
    await settled(recruiter, companyId, interviewId, 'analysed')
    const { questions } = await interviews.reviewInterview({ interviewId })
    const answer = questions[0]?.answer ?? assert.fail('no answer')
    const { criterionId } = answer.analysis.scores[0] ?? assert.fail('no score')
    const reason = 'The candidate told more in the call.'
    const score = await interviews.overrideScore({
      interviewId,
      answerId: answer.id,
      criterionId,
      score: 1,
      reason,
    })
    assert.equal(score.override?.reason, reason)
    assert.deepEqual((await interviews.listScorecards({ interviewId })).others, [])
    assert(
      (await interviews.listAuditTrail({ interviewId })).items.some(({ action }) => /overrid/.test(action)),
    )
  })
  await step(
    'One in a language the analyst does not read fails with its reason, and can be tried again',
    async () => {
      const interviewId = await invited(recruiter, candidate, companyId, 'de')
      await submitted(candidate, interviewId)
      await settled(recruiter, companyId, interviewId, 'analysis-failed')
      // The first failure is the interview's; the other answers may still be on their way.
      const { questions } = await eventually('every answer to have failed', async () => {
        const review = await interviews.reviewInterview({ interviewId })
        return review.questions.every(({ answer }) => answer?.analysis.status === 'failed') && review
      })
      const answer = questions[0]?.answer ?? assert.fail('no answer')
      assert.match(answer.analysis.reason ?? '', /language/)
      await interviews.retryAnalysis({ interviewId, answerId: answer.id })
      await settled(recruiter, companyId, interviewId, 'analysis-failed')
    },
  )
}

/** An application in the interview stage, its candidate invited. Resolves to the interview's id. */
export async function invited(
  recruiter: Person,
  candidate: Person,
  companyId: string,
  language: string,
  content: TemplateContent = template,
): Promise<string> {
  const { interviews, jobs } = recruiter.api
  const { id: templateId } = await publishTemplate(recruiter, companyId, { ...content, language })
  const { id: postingId } = await draftPosting(recruiter, companyId)
  await interviews.assignTemplate({ postingId, templateId })
  assert.equal((await interviews.getAssignedTemplate({ postingId })).templateId, templateId)
  await jobs.publishPosting({ postingId })
  const { id: applicationId } = await apply(candidate, postingId)
  await jobs.advanceApplication({ applicationId, fromStage: 'applied', toStage: 'interview' })
  return eventually('the interview', async () => {
    const { items } = await candidate.api.interviews.listMyInterviews({})
    return items.find((item) => item.applicationId === applicationId)?.id
  })
}

export async function submitted(candidate: Person, interviewId: string): Promise<void> {
  const { interviews } = candidate.api
  const { token } = await interviews.openMyInterview({ interviewId })
  const { questions, consent } = await interviews.viewLink({ token })
  await interviews.decideConsent({ token, decision: 'given', version: consent.version })
  for (const [at, { id }] of questions.entries()) {
    await interviews.saveAnswer({ token, questionId: id, text: answers[at] ?? '' })
  }
  await interviews.submitInterview({ token })
}

export async function settled(
  recruiter: Person,
  companyId: string,
  interviewId: string,
  status: 'analysed' | 'analysis-failed',
) {
  await eventually(`status ${status}`, async () => {
    const { items } = await recruiter.api.interviews.listInterviews({ companyId, status })
    return items.some(({ id }) => id === interviewId)
  })
}
