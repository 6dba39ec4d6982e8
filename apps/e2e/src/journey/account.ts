import assert from 'node:assert/strict'
import { tokenIn } from '../client/mailbox.ts'
import { newcomer, Person } from './person.ts'
import type { Stage } from './stage.ts'

/** Someone looks after their account: sessions, password, address. */
export async function account(stage: Stage): Promise<void> {
  const { mailbox, step, unique } = stage
  const person = await newcomer(stage, 'Rosa Account')
  const { auth } = person.api
  const elsewhere = new Person(stage, 'Rosa Account')
  Object.assign(elsewhere, { email: person.email, password: person.password })

  await step('They see who they are', async () => {
    const me = await auth.me({})
    assert.equal(me.email, person.email)
    assert.equal(me.emailVerified, true)
  })
  await step('… ask for the confirmation again, which is not needed', () => auth.requestEmailVerification({}))
  await step('… end one other session, then all others', async () => {
    await elsewhere.signIn()
    const { items } = await auth.listSessions({})
    const other = items.find(({ current }) => !current) ?? assert.fail('the other session is not listed')
    await auth.revokeSession({ sessionId: other.id })
    await elsewhere.signIn()
    await auth.revokeOtherSessions({})
    assert.equal((await auth.listSessions({})).items.length, 1)
  })
  await step('… change the password', async () => {
    const newPassword = `still no guess ${unique()}`
    await auth.changePassword({ currentPassword: person.password, newPassword })
    person.password = newPassword
  })
  await step('… forget it and set a new one by mail', async () => {
    await auth.requestPasswordReset({ email: person.email })
    const mail = await mailbox.waitFor(person.email, /set a new password/i)
    person.password = `never a guess ${unique()}`
    await auth.confirmPasswordReset({ token: tokenIn(mail), password: person.password })
    await person.signIn()
  })
  await step('… move to another address', async () => {
    const email = `moved.${person.email}`
    await auth.requestEmailChange({ email, password: person.password })
    await auth.confirmEmail({ token: tokenIn(await mailbox.waitFor(email, /confirm/i)) })
    assert.equal((await auth.me({})).email, email)
  })
  await step('Anybody reads the keys that verify tokens', async () => {
    assert((await auth.jwks({})).keys.length > 0)
  })
  await step('They sign out', () => auth.signOut({}))
}
