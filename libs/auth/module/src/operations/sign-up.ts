import { authEvents } from '@cenopie/auth-contract'
import { newId } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Passwords } from '../crypto/passwords.ts'
import { addUser } from '../data/users.ts'
import { normalEmail } from '../domain/names.ts'
import { sendVerification } from '../tasks/send-verification.ts'
import { checkYourMail } from './handler.ts'
import type { Handle } from './handler.ts'
import { tellOwner } from './tell-owner.ts'

/**
 * The same answer after the same work for a new and a known address: one hash, one upsert, two more statements. A known
 * account stays as it is, confirmed or not: whoever signs up first with a stranger's address must not gain, and
 * whoever signs up second must not take over.
 */
export function signUp(database: Database, outbox: Outbox, passwords: Passwords): Handle<'signUp'> {
  return async (input, call) => {
    const passwordHash = await passwords.hash(input.password)
    const now = new Date()
    const fresh = {
      id: newId(),
      email: normalEmail(input.email),
      name: input.name.trim(),
      passwordHash,
    }
    await database.transaction(async (tx) => {
      const { created, ...user } = await addUser(tx, fresh, now)
      if (!created) {
        const told = await tellOwner(outbox, tx, call, user, now)
        // A task for nobody, so that the time of the answer does not tell either.
        if (!told) await outbox.enqueue(tx, call, sendVerification, { userId: newId() })
        return
      }
      await outbox.publish(tx, call, authEvents.userRegistered, {
        entity: { id: user.id, version: user.version },
        payload: { userId: user.id, email: user.email, name: user.name },
      })
      await outbox.enqueue(tx, call, sendVerification, { userId: user.id })
    })
    return checkYourMail
  }
}
