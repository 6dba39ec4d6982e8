import assert from 'node:assert/strict'
import { apply, draftPosting, foundCompany } from './hiring.ts'
import { newcomer } from './person.ts'
import { ownProfile } from './profile.ts'
import type { Stage } from './stage.ts'

/** A posting from draft to closed, and three applications that end in three ways. */
export async function recruiting(stage: Stage): Promise<void> {
  const { step } = stage
  const recruiter = await newcomer(stage, 'Rene Recruiter')
  const candidate = await newcomer(stage, 'Carla Candidate')
  await ownProfile(candidate)
  const { jobs } = recruiter.api
  const { id: companyId } = await foundCompany(recruiter)
  const publish = async () => {
    const { id: postingId } = await draftPosting(recruiter, companyId)
    await jobs.publishPosting({ postingId })
    return postingId
  }

  const postingId = await step('A draft is edited and published', async () => {
    const draft = await draftPosting(recruiter, companyId)
    const edited = await jobs.editPosting({
      postingId: draft.id,
      version: draft.version,
      title: 'Data engineer',
    })
    assert.equal(edited.title, 'Data engineer')
    await jobs.publishPosting({ postingId: draft.id })
    assert.equal((await jobs.getCompanyPosting({ companyId, postingId: draft.id })).state, 'published')
    assert.equal((await jobs.listCompanyPostings({ companyId })).items.length, 1)
    assert.equal((await candidate.api.jobs.viewPosting({ postingId: draft.id })).title, 'Data engineer')
    return draft.id
  })
  await step('One candidate is hired', async () => {
    const { id: applicationId } = await apply(candidate, postingId)
    await jobs.addApplicationNote({ applicationId, text: 'Call on Monday.' })
    assert.equal((await jobs.listApplicationNotes({ applicationId })).items.length, 1)
    await jobs.advanceApplication({ applicationId, fromStage: 'applied', toStage: 'interview' })
    await jobs.advanceApplication({ applicationId, fromStage: 'interview', toStage: 'offer' })
    await jobs.hireApplication({ applicationId })
    assert.equal((await jobs.reviewApplication({ companyId, applicationId })).stage, 'hired')
  })
  await step('One is rejected', async () => {
    const { id: applicationId } = await apply(candidate, await publish())
    const rejected = await jobs.rejectApplication({
      applicationId,
      fromStage: 'applied',
      reason: 'other-candidate-chosen',
      message: 'Thank you for your time.',
    })
    assert.equal(rejected.stage, 'rejected')
  })
  await step('One withdraws', async () => {
    const { id: applicationId } = await apply(candidate, await publish())
    assert.equal((await candidate.api.jobs.withdrawApplication({ applicationId })).stage, 'withdrawn')
    assert.equal((await candidate.api.jobs.listMyApplications({})).items.length, 3)
  })
  await step('The posting is closed', async () => {
    assert.equal((await jobs.closePosting({ postingId })).state, 'closed')
  })
}
