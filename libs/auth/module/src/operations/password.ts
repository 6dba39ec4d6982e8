import { authEvents, authFaults } from '@cenopie/auth-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Passwords } from '../crypto/passwords.ts'
import { hashOf } from '../crypto/secret-link.ts'
import { dropLinks, findLink, takeLink } from '../data/mail-links.ts'
import { revokeSessions } from '../data/sessions.ts'
import { setPassword, userOfLiveSession, verifyEmail } from '../data/users.ts'
import { normalEmail } from '../domain/names.ts'
import { sendResetLink } from '../tasks/send-reset-link.ts'
import { checkYourMail } from './handler.ts'
import type { Handle } from './handler.ts'

/** Writes one task, whether or not the address is known; the task finds out. */
export function requestPasswordReset(database: Database, outbox: Outbox): Handle<'requestPasswordReset'> {
  return async (input, call) => {
    const email = normalEmail(input.email)
    await database.transaction((tx) => outbox.enqueue(tx, call, sendResetLink, { email }))
    return checkYourMail
  }
}

/** Whoever opened the mail owns the address: the password is theirs, every session and other link ends. */
export function confirmPasswordReset(
  database: Database,
  outbox: Outbox,
  passwords: Passwords,
): Handle<'confirmPasswordReset'> {
  return async (input, call) => {
    const tokenHash = hashOf(input.token)
    // Hashing is dear: a guessed token is refused before it.
    if (!(await findLink(database, tokenHash, new Date()))) throw new Fault(authFaults.linkExpired)
    const passwordHash = await passwords.hash(input.password)
    const now = new Date()
    await database.transaction(async (tx) => {
      const link = await takeLink(tx, tokenHash, ['reset-password'], now)
      const changed = link && (await setPassword(tx, link.userId, passwordHash))
      if (!changed) throw new Fault(authFaults.linkExpired)
      const verified = await verifyEmail(tx, changed.id, link.email, now)
      await revokeSessions(tx, changed.id, 'password-changed', now)
      await dropLinks(tx, changed.id)
      const entity = { id: changed.id, version: verified?.version ?? changed.version }
      const payload = { userId: changed.id, email: changed.email }
      await outbox.publish(tx, call, authEvents.passwordChanged, { entity, payload })
      if (verified) await outbox.publish(tx, call, authEvents.emailVerified, { entity, payload })
    })
  }
}

export function changePassword(
  database: Database,
  outbox: Outbox,
  passwords: Passwords,
): Handle<'changePassword'> {
  return async (input, call) => {
    const { id: userId, sessionId } = call.actor
    const user = await userOfLiveSession(database, userId, sessionId, new Date())
    const right = await passwords.verify(user?.passwordHash, input.currentPassword)
    if (!user || !right) throw new Fault(authFaults.wrongCredentials)
    const passwordHash = await passwords.hash(input.newPassword)
    const now = new Date()
    await database.transaction(async (tx) => {
      // Links before the person: the order in which using a link locks them.
      await dropLinks(tx, userId)
      const changed = await setPassword(tx, userId, passwordHash, user.passwordHash)
      if (!changed) throw new Fault(authFaults.wrongCredentials)
      await revokeSessions(tx, userId, 'password-changed', now, sessionId)
      await outbox.publish(tx, call, authEvents.passwordChanged, {
        entity: { id: userId, version: changed.version },
        payload: { userId, email: changed.email },
      })
    })
  }
}
