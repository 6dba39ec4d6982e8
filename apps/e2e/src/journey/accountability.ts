import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { foundCompany } from './hiring.ts'
import { invited, settled, submitted } from './interviewing.ts'
import { newcomer } from './person.ts'
import { ownProfile } from './profile.ts'
import type { Stage } from './stage.ts'

/** What a candidate is owed of an interview, and what its company answers for. */
export async function accountability(stage: Stage): Promise<void> {
  const { mailbox, step } = stage
  const recruiter = await newcomer(stage, 'Rita Recruiter')
  const candidate = await newcomer(stage, 'Cleo Candidate')
  await ownProfile(candidate)
  const { interviews, jobs } = recruiter.api
  const mine = candidate.api.interviews
  const { id: companyId } = await foundCompany(recruiter)
  const interviewId = await invited(recruiter, candidate, companyId, 'en')

  await step('A candidate tells categories for the audit, submits, and is compared', async () => {
    const { token } = await mine.openMyInterview({ interviewId })
    await mine.identifyMyself({ token, sex: 'female', ethnicity: 'declined' })
    await submitted(candidate, interviewId)
    await settled(recruiter, companyId, interviewId, 'analysed')
    const { postingId } = await interviews.reviewInterview({ interviewId })
    const { criteria } = await interviews.compareInterviews({ companyId, postingId })
    assert(criteria.every(({ cells }) => cells.length === 1))
  })
  await step('Rejected, the candidate reads what is stored and has a person look again', async () => {
    await interviews.decideInterview({ interviewId, decision: 'reject', reason: 'Not convinced.' })
    const data = await mine.viewMyInterviewData({ interviewId })
    assert.equal(data.decision?.decision, 'reject')
    assert.equal(data.selfIdentification?.sex, 'female')
    await mine.requestHumanReview({ interviewId, reason: 'The software misread me.' })
    const { items } = await interviews.listHumanReviews({ companyId, state: 'open' })
    assert.equal(items[0]?.interviewId, interviewId)
    const explanation = 'We read it again, and agree with you.'
    await interviews.resolveHumanReview({ interviewId, outcome: 'changed', explanation })
    assert.equal((await mine.viewMyInterviewData({ interviewId })).decision?.decision, 'advance')
    await mailbox.waitFor(recruiter.email, /^human review requested/i)
    await mailbox.waitFor(candidate.email, /^your human review/i)
  })
  await step(
    'The company sees on the application that the decision was changed, and takes it back',
    async () => {
      const { applicationId } = await interviews.reviewInterview({ interviewId })
      await eventually('the rejection and its change', async () => {
        const { stage, decisionChanged } = await jobs.reviewApplication({ companyId, applicationId })
        return stage === 'rejected' && decisionChanged?.to === 'advance'
      })
      const offer = { applicationId, fromStage: 'rejected', toStage: 'offer' } as const
      assert.equal((await jobs.advanceApplication(offer)).stage, 'offer')
    },
  )
  await step('The company exports the interview and its bias audit', async () => {
    const { trail } = await interviews.exportInterview({ interviewId })
    assert.equal(trail.at(-1)?.action, 'interview.exported')
    const day = new Date().toISOString().slice(0, 10)
    const audit = await interviews.exportBiasAudit({ companyId, from: `${day.slice(0, 4)}-01-01`, to: day })
    assert.equal(audit.applicants, 1)
  })
  await step(
    'Retention is set, and two interviews are erased: by their candidate and by the company',
    async () => {
      assert.equal((await interviews.getRetention({ companyId })).days, 365)
      await interviews.setRetention({ companyId, days: 90 })
      const { counts } = await mine.eraseMyInterview({ interviewId })
      assert(counts.answers > 0)
      const other = await invited(recruiter, candidate, companyId, 'en')
      await interviews.eraseInterview({ interviewId: other, reason: 'Asked by letter.' })
      assert.deepEqual((await mine.listMyInterviews({})).items, [])
    },
  )
}
