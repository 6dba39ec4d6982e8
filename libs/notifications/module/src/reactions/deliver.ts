import type { NotificationSubject } from '@cenopie/notifications-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { addMail, addToInboxes } from '../data/deliveries.ts'
import { erasedAmong } from '../data/erasure.ts'
import { turnedOff } from '../data/preferences.ts'
import { isChangeable } from '../domain/catalogue.ts'
import { namedBy, sparing } from '../domain/erased.ts'
import { sendMail } from '../tasks/send-mail-task.ts'
import { templates } from '../templates/index.ts'
import { typeOf, type NotificationKind } from '../domain/kinds.ts'

/** A piece of news as stored: `facts` are what the type's template understands. */
export interface News {
  entryId: string
  type: NotificationKind
  facts: unknown
  subject: NotificationSubject
  /** Whom it names, if anybody but the receivers. */
  about?: string | undefined
}

export interface Receiver {
  /** Undefined for people without an account: they get mail alone. */
  userId?: string | undefined
  /** When the event names it; otherwise the address the user has when the mail is sent. */
  address?: string | undefined
  /** Whether this receiver gets the mail of a type that has one. */
  mail: boolean
}

export type Deliver = (tx: Transaction, call: CallContext, news: News, receivers: Receiver[]) => Promise<void>

/** Writes what each receiver gets by the channels they have not turned off. What was delivered already stays as it is. */
export function deliverer(outbox: Outbox): Deliver {
  return async (tx, call, news, receivers) => {
    if (receivers.length === 0) return
    const { type, entryId, subject } = news
    const { inApp, mail, facts: known } = templates[type]
    const users = receivers.flatMap(({ userId }) => (userId === undefined ? [] : [userId]))
    const erased = await erasedAmong(tx, namedBy(news, users))
    const { about, ...told } = sparing(erased, news)
    const facts = known.parse(told.facts)
    const off = users.length === 0 ? new Set<string>() : await turnedOff(tx, users, typeOf(type))
    if (inApp) {
      const inboxes = users.filter((userId) => !off.has(`${userId} in-app`) && !erased.has(userId))
      if (inboxes.length > 0)
        await addToInboxes(tx, inboxes, { entryId, type, ...inApp(facts), subject, about })
    }
    if (!mail) return
    for (const receiver of receivers) {
      if (!receiver.mail) continue
      const { userId = '', address } = receiver
      if (isChangeable(typeOf(type), 'mail') && (off.has(`${userId} mail`) || erased.has(userId))) continue
      // The account may outlive the profile: what it must know goes to the address that the event names.
      if (erased.has(userId) && address === undefined) continue
      const mailId = await addMail(tx, receiver, { entryId, type, facts, about })
      if (mailId !== undefined) await outbox.enqueue(tx, call, sendMail, { mailId }, { key: mailId })
    }
  }
}
