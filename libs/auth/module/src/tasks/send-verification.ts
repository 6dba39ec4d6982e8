import { authEvents } from '@cenopie/auth-contract'
import { id, task } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle } from '@cenopie/platform-outbox'
import type { Outbox } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { hashOf, newLinkToken } from '../crypto/secret-link.ts'
import { replaceLink } from '../data/mail-links.ts'
import { userById } from '../data/users.ts'
import { after, before, lifetimes } from '../domain/lifetimes.ts'

export const sendVerification = task('auth.send-verification', z.object({ userId: id }))

/** Makes the link that confirms a person's address, unless it is confirmed or one was made a moment ago. */
export function sendingVerification(database: Database, outbox: Outbox) {
  return handle(sendVerification, async ({ userId }, run) => {
    await database.transaction(async (tx) => {
      await run.done(tx)
      const user = await userById(tx, userId)
      if (!user || user.emailVerifiedAt) return
      const now = new Date()
      const token = newLinkToken()
      const expiresAt = after(now, lifetimes.verifyEmail)
      const link = {
        purpose: 'verify-email',
        userId,
        email: user.email,
        tokenHash: hashOf(token),
        expiresAt,
      } as const
      if (!(await replaceLink(tx, link, now, before(now, lifetimes.mailPause)))) return
      await outbox.publish(tx, run.call, authEvents.emailVerificationRequested, {
        entity: { id: userId, version: user.version },
        payload: { userId, email: user.email, name: user.name, token, expiresAt: expiresAt.toISOString() },
      })
    })
  })
}
