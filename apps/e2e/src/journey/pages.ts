import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { tokenIn } from '../client/mailbox.ts'
import { apply, draftPosting, foundCompany, publishTemplate } from './hiring.ts'
import { newcomer, Person } from './person.ts'
import { ownProfile } from './profile.ts'
import { answers } from './rubric.ts'
import type { Stage } from './stage.ts'

/** People with nothing but a browser follow the links in their mail. */
export async function pages(stage: Stage): Promise<void> {
  const { mailbox, step, unique } = stage
  const recruiter = await newcomer(stage, 'Paul Pages')
  const { id: companyId } = await foundCompany(recruiter)
  const guest = new Person(stage, 'Bea Browser')
  const { auth, interviews } = guest.api
  const linkOf = async (subject: RegExp) => tokenIn(await mailbox.waitFor(guest.email, subject))

  await step('The address is confirmed on a page', async () => {
    await guest.signUp()
    const token = await linkOf(/confirm/i)
    assert.match(await auth.showEmailConfirmation({ token }), /<form/)
    await auth.confirmEmailOnPage({ token })
    await guest.signIn()
  })
  await step('… a new password set', async () => {
    await auth.requestPasswordReset({ email: guest.email })
    const token = await linkOf(/set a new password/i)
    assert.match(await auth.showPasswordReset({ token }), /<form/)
    guest.password = `surely no guess ${unique()}`
    await auth.resetPasswordOnPage({ token, password: guest.password })
    await guest.signIn()
  })
  await step('… an interview answered and submitted', async () => {
    await ownProfile(guest)
    const { id: templateId } = await publishTemplate(recruiter, companyId)
    const { id: postingId } = await draftPosting(recruiter, companyId)
    await recruiter.api.interviews.assignTemplate({ postingId, templateId })
    await recruiter.api.jobs.publishPosting({ postingId })
    const { id: applicationId } = await apply(guest, postingId)
    await recruiter.api.jobs.advanceApplication({ applicationId, fromStage: 'applied', toStage: 'interview' })

    const token = await linkOf(/invites you to an interview/)
    const page = await interviews.showInterview({ token })
    assert.match(page, /<textarea/)
    await loadAssets(guest, page)
    const { version } = (await interviews.viewLink({ token })).consent
    const fields = Object.fromEntries(answers.map((text, at) => [`answer${at + 1}`, text]))
    await interviews.fillInInterview({ token, version, ...fields, then: 'give-consent' })
    await interviews.fillInInterview({ token, version, ...fields, then: 'submit' })
    await eventually('the analysis', async () => {
      const { items } = await recruiter.api.interviews.listInterviews({ companyId, status: 'analysed' })
      return items.length === 1
    })
  })
  await step('… and an invitation accepted', async () => {
    await recruiter.api.auth.createInvitation({ companyId, email: guest.email, role: 'interviewer' })
    const token = await linkOf(/^join /i)
    assert.match(await auth.showInvitation({ token }), /<form/)
    await auth.acceptInvitationOnPage({ token, email: guest.email, password: guest.password })
    assert.equal((await auth.me({})).memberships.length, 1)
  })
}

/** What a browser loads with the page of an interview: the program that records, and its style. */
async function loadAssets({ api }: Person, page: string): Promise<void> {
  const addresses = page.matchAll(/\/assets\/(?<version>[^/"]+)\/(?<name>recorder\.(?:js|css))"/g)
  const names = new Set<string>()
  for (const { groups } of addresses) {
    const { version, name } = groups as { version: string; name: 'recorder.js' | 'recorder.css' }
    assert.notEqual(await api.interviews.readPageAsset({ version, name }), '')
    names.add(name)
  }
  assert.deepEqual([...names].sort(), ['recorder.css', 'recorder.js'])
}
