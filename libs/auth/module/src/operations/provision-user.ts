import { authEvents } from '@cenopie/auth-contract'
import { newId } from '@cenopie/platform-database'
import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Passwords } from '../crypto/passwords.ts'
import { addUser, userByEmail } from '../data/users.ts'
import { normalEmail } from '../domain/names.ts'
import type { Handle } from './handler.ts'

/** An account whose address somebody else vouches for; an existing one stays as it is. */
export function provisionUser(
  database: Database,
  outbox: Outbox,
  passwords: Passwords,
): Handle<'provisionUser'> {
  return async (input, call) => {
    const email = normalEmail(input.email)
    const known = await userByEmail(database, email)
    if (known) return { userId: known.id, created: false }
    const passwordHash = await passwords.hash(input.password)
    const now = new Date()
    return database.transaction(async (tx) => {
      const account = { id: newId(), email, name: input.name.trim(), passwordHash, emailVerifiedAt: now }
      const { created, id: userId, version } = await addUser(tx, account, now)
      if (created) {
        const entity = { id: userId, version }
        await outbox.publish(tx, call, authEvents.userRegistered, {
          entity,
          payload: { userId, email, name: account.name },
        })
        await outbox.publish(tx, call, authEvents.emailVerified, { entity, payload: { userId, email } })
      }
      return { userId, created }
    })
  }
}
