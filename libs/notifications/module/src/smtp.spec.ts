import { authEvents } from '@cenopie/auth-contract'
import { interviewsEvents } from '@cenopie/interviews-contract'
import { listDeadLetters, outbox, replay } from '@cenopie/platform-outbox'
import { serviceCall } from '@cenopie/platform-testing'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sendMail } from './tasks/send-mail-task.ts'
import { entity, inAWeek, mainJob, secret } from './test-support/facts.ts'
import { started } from './test-support/started.ts'
import type { Started } from './test-support/started.ts'

let on: Started

beforeAll(async () => {
  on = await started()
})

afterEach(() => {
  on.server.refuse(undefined)
  on.server.beforeYes = undefined
})

afterAll(() => on.close())

/** Invites somebody new; resolves when the mail is written down and the first try, if it is immediate, is over. */
async function invite() {
  const { userId, email } = await on.person()
  const { interview, interviewId } = mainJob()
  const payload = { ...interview, candidateId: userId, token: secret, deadline: inAWeek }
  await on.app.deliver(interviewsEvents.invited, { entity: entity(interviewId), payload })
  await on.app.idle()
  const state = async () => {
    const [row] = await on.app.sql('SELECT id, status, facts, response FROM mail WHERE user_id = $1', [
      userId,
    ])
    return row as {
      id: string
      status: string
      facts: Record<string, unknown> | null
      response: string | null
    }
  }
  return { email, state }
}

test('what the server said is kept with a sent mail, and what the mail said is not', async () => {
  const { state } = await invite()
  expect(await state()).toMatchObject({
    status: 'sent',
    facts: null,
    response: expect.stringMatching(/^250/),
  })
})

test('mail written while the server is away goes out once when it is back', async () => {
  await on.server.stop()
  const { email, state } = await invite()
  expect(await state()).toMatchObject({ status: 'queued', facts: { token: secret } })
  const before = on.server.received.length
  await on.server.start()
  await on.server.arrived(before + 1)
  expect(await on.mailTo(email)).toHaveLength(1)
  expect((await state()).status).toBe('sent')
})

test('a refusal for now is tried again', async () => {
  on.server.refuse({ code: 451, text: 'greylisted, come back later' })
  const { state } = await invite()
  expect(await state()).toMatchObject({ status: 'queued', response: expect.stringContaining('greylisted') })
  on.server.refuse(undefined)
  const before = on.server.received.length
  await on.server.arrived(before + 1)
  await on.app.idle()
  expect((await state()).status).toBe('sent')
})

test('a refusal for good is final and forgets the secret', async () => {
  on.server.refuse({ code: 550, text: 'no such user here' })
  const { email, state } = await invite()
  expect(await state()).toMatchObject({
    status: 'failed',
    facts: null,
    response: expect.stringContaining('no such user here'),
  })
  expect(await on.app.sql('SELECT 1 FROM outbox_entry')).toEqual([])
  expect(await on.mailTo(email)).toEqual([])
})

test('a second task for a mail that is out sends nothing', async () => {
  const { email, state } = await invite()
  const { id } = await state()
  await on.app.platform
    .database('notifications')
    .transaction((tx) => outbox.enqueue(tx, serviceCall('notifications'), sendMail, { mailId: id }))
  expect(await on.mailTo(email)).toHaveLength(1)
  expect((await state()).status).toBe('sent')
})

test('when the answer to a mail is lost, one try is one mail, and the next has the same Message-ID', async () => {
  const before = on.server.received.length
  on.server.beforeYes = () => on.server.drop()
  const { email, state } = await invite()
  const { id } = await state()
  const messageId = `<${id}@cenopie.test>`
  expect((await on.mailTo(email)).map(({ mail }) => mail.messageId)).toEqual([messageId])

  on.server.beforeYes = undefined
  await on.server.arrived(before + 2)
  expect((await on.mailTo(email)).map(({ mail }) => mail.messageId)).toEqual([messageId, messageId])
  expect((await state()).status).toBe('sent')
})

test('after the last try a mail has failed; replayed by an operator it goes out', async () => {
  on.server.refuse({ code: 451, text: 'not today' })
  const { email, state } = await invite()
  const { id } = await state()
  const dead = on.app.platform.database('notifications')
  await on.app.sql('UPDATE outbox_entry SET failures = $1, run_at = now() WHERE key = $2', [
    sendMail.attempts - 1,
    id,
  ])
  await expect
    .poll(() => state(), { interval: 20 })
    .toMatchObject({ status: 'failed', facts: { token: secret } })
  const [letter] = await listDeadLetters(dead)
  expect(letter).toMatchObject({ name: sendMail.name, reason: expect.stringContaining('not today') })

  on.server.refuse(undefined)
  const before = on.server.received.length
  await replay(dead, letter?.id ?? '', letter?.consumer ?? '')
  await on.server.arrived(before + 1)
  expect(await on.mailTo(email)).toHaveLength(1)
  expect((await state()).status).toBe('sent')
})

test('where encryption is demanded, a server without it gets no mail', async () => {
  const strict = await started({ smtpTls: 'required' })
  const { userId, email } = await strict.person()
  await strict.app.deliver(authEvents.passwordChanged, {
    entity: entity(userId, 2),
    payload: { userId, email },
  })
  expect(await strict.mailTo(email)).toEqual([])
  const [row] = await strict.app.sql('SELECT status, response FROM mail')
  expect(row).toEqual({ status: 'queued', response: expect.stringMatching(/TLS/i) })
  await strict.close()
})
