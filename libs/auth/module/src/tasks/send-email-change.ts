import { authEvents, email } from '@cenopie/auth-contract'
import { id, task } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle } from '@cenopie/platform-outbox'
import type { Outbox } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { hashOf, newLinkToken } from '../crypto/secret-link.ts'
import { replaceLink } from '../data/mail-links.ts'
import { userByEmail, userById } from '../data/users.ts'
import { after, before, lifetimes } from '../domain/lifetimes.ts'
import { tellOwner } from '../operations/tell-owner.ts'

export const sendEmailChange = task('auth.send-email-change', z.object({ userId: id, email }))

/** Sends the link to the new address, or tells its owner when it has an account: whoever asked cannot tell. */
export function sendingEmailChange(database: Database, outbox: Outbox) {
  return handle(sendEmailChange, async (payload, run) => {
    await database.transaction(async (tx) => {
      await run.done(tx)
      const now = new Date()
      const owner = await userByEmail(tx, payload.email)
      if (owner) {
        if (owner.id !== payload.userId) await tellOwner(outbox, tx, run.call, owner, now)
        return
      }
      const user = await userById(tx, payload.userId)
      if (!user) return
      const token = newLinkToken()
      const expiresAt = after(now, lifetimes.changeEmail)
      const link = { purpose: 'change-email', ...payload, tokenHash: hashOf(token), expiresAt } as const
      if (!(await replaceLink(tx, link, now, before(now, lifetimes.mailPause)))) return
      await outbox.publish(tx, run.call, authEvents.emailVerificationRequested, {
        entity: { id: user.id, version: user.version },
        payload: { ...payload, name: user.name, token, expiresAt: expiresAt.toISOString() },
      })
    })
  })
}
