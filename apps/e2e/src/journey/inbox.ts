import assert from 'node:assert/strict'
import { eventually } from '../client/eventually.ts'
import { foundCompany, draftPosting, apply } from './hiring.ts'
import { newcomer } from './person.ts'
import { ownProfile } from './profile.ts'
import type { Stage } from './stage.ts'

/** Someone is told what happened, tidies up, and chooses what to be told. */
export async function inbox(stage: Stage): Promise<void> {
  const { mailbox, step } = stage
  const recruiter = await newcomer(stage, 'Nora Notified')
  const candidate = await newcomer(stage, 'Ivo Informed')
  await ownProfile(candidate)
  const { id: companyId } = await foundCompany(recruiter)
  const { id: postingId } = await draftPosting(recruiter, companyId)
  await recruiter.api.jobs.publishPosting({ postingId })
  await apply(candidate, postingId)
  const { notifications } = recruiter.api

  await step('A notification is read and archived', async () => {
    const { id: notificationId } = await eventually('the notification', async () => {
      const { items } = await notifications.listInbox({ filter: 'unread' })
      return items.find(({ type }) => type === 'application-received')
    })
    assert.equal((await notifications.getNotification({ notificationId })).subject.postingId, postingId)
    await notifications.updateNotification({ notificationId, read: true, archived: true })
    await notifications.markAllRead({})
    const { unread, archived } = await notifications.countInbox({})
    assert.deepEqual({ unread, archived }, { unread: 0, archived: 1 })
  })
  await step('One kind of news is turned off', async () => {
    const off = { type: 'application-received', channel: 'in-app', enabled: false } as const
    assert.equal((await notifications.setPreference(off)).enabled, false)
    const { items } = await notifications.listPreferences({})
    assert.equal(
      items.find(({ type, channel }) => type === off.type && channel === off.channel)?.enabled,
      false,
    )
  })
  await step('A mail is unsubscribed from with one click', async () => {
    const mail = await mailbox.waitFor(candidate.email, /^your application at/i)
    const token =
      /unsubscribe\/([\w-]+\.[\w-]+)/.exec(mail.text)?.[1] ?? assert.fail('no link to unsubscribe')
    const nobody = candidate.api.notifications
    assert.equal((await nobody.describeSubscription({ token })).subscribed, true)
    assert.equal((await nobody.unsubscribe({ token })).subscribed, false)
  })
}
