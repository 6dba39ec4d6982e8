import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@cenopie/platform-database'
import { handle } from '@cenopie/platform-outbox'
import type { TaskRun } from '@cenopie/platform-outbox'
import { gaveUp, waitForAddress } from '../data/mail.ts'
import type { MailStore, PendingMail } from '../data/mail.ts'
import { isPlainAddress } from '../mail/message.ts'
import type { Postman } from '../mail/postman.ts'
import { refusalOf } from '../mail/refusal.ts'
import { sendMail } from './send-mail-task.ts'

interface Parts {
  database: Database
  mails: MailStore
  postman: Postman
}

/**
 * Sends one mail once. The outbox lets one run of an entry work at a time and one entry of a mail wait, so two runs
 * never send together. What remains is a crash after the server's yes and before the row says so: then the mail goes
 * out again under the same Message-ID, and the alternative would be to lose it.
 */
export function sendMailHandler({ database, mails, postman }: Parts) {
  return handle(
    sendMail,
    async ({ mailId }, run) => {
      const mail = await mails.begin(mailId)
      if (!mail) return
      if (mail.facts === null) return mails.refused(mailId, 'what it was to say has been forgotten')
      if (mail.address === undefined) return parkOrFail(database, mail, run)
      if (!isPlainAddress(mail.address)) return mails.refused(mailId, 'not an e-mail address')
      let response: string
      try {
        response = await postman.send({ ...mail, address: mail.address }, run.signal)
      } catch (error) {
        const { permanent, reason } = refusalOf(error)
        run.log.warn({ mail: mailId, type: mail.type, permanent, reason }, 'mail not taken')
        if (permanent) return mails.refused(mailId, reason)
        await mails.deferred(mailId, reason)
        throw new Error(`mail server: ${reason}`)
      }
      await insist(() => mails.sent(mailId, response), run)
    },
    ({ mailId }, tx, reason) => gaveUp(tx, mailId, reason),
  )
}

/** No address yet: wait for the event that brings it, without using up tries. */
async function parkOrFail(database: Database, mail: PendingMail, run: TaskRun): Promise<void> {
  const { id, userId } = mail
  if (userId === undefined) throw new Error('a mail without user and address')
  const waits = await database.transaction(async (tx) => {
    const parked = await waitForAddress(tx, id, userId)
    if (parked) await run.done(tx)
    return parked
  })
  if (!waits) throw new Error('the address has just become known')
}

/** The mail is out: a database that restarts just now must not make us send it again. */
async function insist(record: () => Promise<void>, run: TaskRun): Promise<void> {
  for (;;) {
    try {
      return await record()
    } catch (error) {
      if (run.signal.aborted) throw error
      run.log.warn({ err: error }, 'mail sent but not recorded yet')
      await delay(250)
    }
  }
}
