import { Fault, faults } from '@cenopie/platform-contract'
import { serviceCall } from '@cenopie/platform-testing'
import { expect, test } from 'vitest'
import type { MailStore, PendingMail } from '../data/mail.ts'
import { sendMailHandler } from './send-mail.ts'

type Parts = Parameters<typeof sendMailHandler>[0]
type Run = Parameters<ReturnType<typeof sendMailHandler>['run']>[1]

const pending: PendingMail = {
  id: '019a0000-0000-7000-8000-000000000002',
  type: 'password-changed',
  userId: undefined,
  address: 'ada@example.com',
  name: 'Ada Lovelace',
  facts: {},
  createdAt: new Date(0),
}

test('a database that restarts between sending and recording does not make us send again', async () => {
  const steps: string[] = []
  const unavailable = [new Fault(faults.unavailable), new Fault(faults.unavailable)]
  const mails: MailStore = {
    begin: () => Promise.resolve(pending),
    sent: () => {
      const failure = unavailable.pop()
      steps.push(failure ? 'not recorded' : 'recorded')
      return failure ? Promise.reject(failure) : Promise.resolve()
    },
    refused: () => Promise.reject(new Error('not refused')),
    deferred: () => Promise.reject(new Error('not deferred')),
  }
  const postman = {
    send: () => {
      steps.push('sent')
      return Promise.resolve('250 ok')
    },
  }
  const { run } = sendMailHandler({ database: {} as Parts['database'], mails, postman })
  const log = { warn: () => {} } as unknown as Run['log']
  const signal = new AbortController().signal
  const call = serviceCall('notifications')
  const done = () => Promise.reject(new Error('the platform does that'))
  await run({ mailId: pending.id }, { id: pending.id, attempt: 1, last: false, call, log, signal, done })
  expect(steps).toEqual(['sent', 'not recorded', 'not recorded', 'recorded'])
})
