import { authFaults } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Passwords } from '../crypto/passwords.ts'
import { userOfLiveSession } from '../data/users.ts'
import { normalEmail } from '../domain/names.ts'
import { sendEmailChange } from '../tasks/send-email-change.ts'
import { sendVerification } from '../tasks/send-verification.ts'
import { checkYourMail } from './handler.ts'
import type { Handle } from './handler.ts'

export function requestEmailVerification(
  database: Database,
  outbox: Outbox,
): Handle<'requestEmailVerification'> {
  return async (_input, call) => {
    const { id: userId, sessionId } = call.actor
    const user = await userOfLiveSession(database, userId, sessionId, new Date())
    if (!user) throw new Fault(faults.notFound)
    await database.transaction((tx) => outbox.enqueue(tx, call, sendVerification, { userId }))
    return checkYourMail
  }
}

export function requestEmailChange(
  database: Database,
  outbox: Outbox,
  passwords: Passwords,
): Handle<'requestEmailChange'> {
  return async (input, call) => {
    const { id: userId, sessionId } = call.actor
    const user = await userOfLiveSession(database, userId, sessionId, new Date())
    if (!(await passwords.verify(user?.passwordHash, input.password)))
      throw new Fault(authFaults.wrongCredentials)
    const email = normalEmail(input.email)
    await database.transaction((tx) => outbox.enqueue(tx, call, sendEmailChange, { userId, email }))
    return checkYourMail
  }
}
