import { authEvents, email } from '@cenopie/auth-contract'
import { task } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { handle } from '@cenopie/platform-outbox'
import type { Outbox } from '@cenopie/platform-outbox'
import { z } from 'zod'
import { hashOf, newLinkToken } from '../crypto/secret-link.ts'
import { replaceLink } from '../data/mail-links.ts'
import { userByEmail } from '../data/users.ts'
import { after, before, lifetimes } from '../domain/lifetimes.ts'

export const sendResetLink = task('auth.send-reset-link', z.object({ email }))

/** Looks the address up here, away from the request, so that the request takes as long for any address. */
export function sendingResetLink(database: Database, outbox: Outbox) {
  return handle(sendResetLink, async (payload, run) => {
    await database.transaction(async (tx) => {
      await run.done(tx)
      const user = await userByEmail(tx, payload.email)
      if (!user) return
      const now = new Date()
      const token = newLinkToken()
      const expiresAt = after(now, lifetimes.resetPassword)
      const link = {
        purpose: 'reset-password',
        userId: user.id,
        email: user.email,
        tokenHash: hashOf(token),
        expiresAt,
      } as const
      if (!(await replaceLink(tx, link, now, before(now, lifetimes.mailPause)))) return
      await outbox.publish(tx, run.call, authEvents.passwordResetRequested, {
        entity: { id: user.id, version: user.version },
        payload: {
          userId: user.id,
          email: user.email,
          name: user.name,
          token,
          expiresAt: expiresAt.toISOString(),
        },
      })
    })
  })
}
