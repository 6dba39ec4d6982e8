import assert from 'node:assert/strict'
import { tokenIn } from '../client/mailbox.ts'
import { foundCompany } from './hiring.ts'
import { newcomer } from './person.ts'
import type { Stage } from './stage.ts'

/** An owner invites a colleague, who joins, changes role and leaves. */
export async function company(stage: Stage): Promise<void> {
  const { mailbox, step, unique } = stage
  const owner = await newcomer(stage, 'Olga Owner')
  const colleague = await newcomer(stage, 'Cem Colleague')
  const { auth } = owner.api
  const { id: companyId } = await foundCompany(owner)

  await step('The company takes another name', async () => {
    const name = `Difference Engines ${unique()}`
    await auth.renameCompany({ companyId, name })
    assert.equal((await auth.readCompany({ companyId })).name, name)
  })
  await step('An invitation goes out and is taken back', async () => {
    const email = `nobody.${unique()}@example.com`
    const { id } = await auth.createInvitation({ companyId, email, role: 'admin' })
    await auth.revokeInvitation({ companyId, invitationId: id })
    assert.deepEqual((await auth.listInvitations({ companyId })).items, [])
  })
  await step('A colleague accepts one', async () => {
    await auth.createInvitation({ companyId, email: colleague.email, role: 'interviewer' })
    const mail = await mailbox.waitFor(colleague.email, /^join /i)
    const { role } = await colleague.api.auth.acceptInvitation({ token: tokenIn(mail) })
    assert.equal(role, 'interviewer')
  })
  await step('… becomes a recruiter, and is removed', async () => {
    const { items } = await auth.listCompanyMembers({ companyId })
    const { userId } = items.find(({ email }) => email === colleague.email) ?? assert.fail('not a member')
    assert.equal((await auth.changeMemberRole({ companyId, userId, role: 'recruiter' })).role, 'recruiter')
    await auth.removeMember({ companyId, userId })
    assert.equal((await auth.listCompanyMembers({ companyId })).items.length, 1)
  })
}
