import { authEvents, authFaults } from '@cenopie/auth-contract'
import { Fault } from '@cenopie/platform-contract'
import type { CallContext } from '@cenopie/platform-contract'
import { isUniqueViolation } from '@cenopie/platform-database'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { hashOf } from '../crypto/secret-link.ts'
import { dropLinks, takeLink } from '../data/mail-links.ts'
import type { MailLink } from '../data/mail-links.ts'
import { changeEmail, lockUser, verifyEmail } from '../data/users.ts'
import type { Handle } from './handler.ts'

/** One way in for both links that prove an address: the first one, and a new one. */
export function confirmEmail(database: Database, outbox: Outbox): Handle<'confirmEmail'> {
  return async ({ token }, call) => {
    const now = new Date()
    const confirmed = await database
      .transaction(async (tx) => {
        const link = await takeLink(tx, hashOf(token), ['verify-email', 'change-email'], now)
        if (!link) return false
        await (link.purpose === 'verify-email' ? verify : change)(outbox, tx, call, link, now)
        return true
      })
      .catch((error: unknown) => {
        // Somebody else got the address while the link lay in the mailbox.
        if (isUniqueViolation(error)) return false
        throw error
      })
    if (!confirmed) throw new Fault(authFaults.linkExpired)
  }
}

async function verify(
  outbox: Outbox,
  tx: Transaction,
  call: CallContext,
  link: MailLink,
  now: Date,
): Promise<void> {
  const user = await verifyEmail(tx, link.userId, link.email, now)
  if (!user) return
  await outbox.publish(tx, call, authEvents.emailVerified, {
    entity: { id: user.id, version: user.version },
    payload: { userId: user.id, email: user.email },
  })
}

/** Links that went to the old address stop working: its mailbox may be why it is left. */
async function change(
  outbox: Outbox,
  tx: Transaction,
  call: CallContext,
  link: MailLink,
  now: Date,
): Promise<void> {
  const previous = await lockUser(tx, link.userId)
  const user = await changeEmail(tx, link.userId, link.email, now)
  if (!previous || !user) return
  await dropLinks(tx, user.id)
  const entity = { id: user.id, version: user.version }
  await outbox.publish(tx, call, authEvents.emailChanged, {
    entity,
    payload: { userId: user.id, email: user.email, previousEmail: previous.email },
  })
  if (previous.emailVerifiedAt) return
  await outbox.publish(tx, call, authEvents.emailVerified, {
    entity,
    payload: { userId: user.id, email: user.email },
  })
}
