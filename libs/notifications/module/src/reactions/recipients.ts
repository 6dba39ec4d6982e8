import { authEvents } from '@cenopie/auth-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import { react } from '@cenopie/platform-outbox'
import type { Outbox } from '@cenopie/platform-outbox'
import { wakeMailOf } from '../data/mail.ts'
import { saveAddress, saveName } from '../data/recipients.ts'
import { sendMail } from '../tasks/send-mail-task.ts'

/** Our own list of addresses and names; mail that waited for one goes out. */
export function recipientReactions(outbox: Outbox) {
  async function know(tx: Transaction, call: CallContext, userId: string, email: string, version: number) {
    await saveAddress(tx, userId, email, version)
    for (const mailId of await wakeMailOf(tx, userId)) {
      await outbox.enqueue(tx, call, sendMail, { mailId }, { key: mailId })
    }
  }
  return [
    react(authEvents.userRegistered, 'know-recipient', async ({ payload, entity }, tx, call) => {
      await saveName(tx, payload.userId, payload.name)
      await know(tx, call, payload.userId, payload.email, entity.version)
    }),
    react(authEvents.emailChanged, 'know-new-address', ({ payload, entity }, tx, call) =>
      know(tx, call, payload.userId, payload.email, entity.version),
    ),
  ]
}
