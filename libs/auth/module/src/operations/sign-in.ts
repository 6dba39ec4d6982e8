import { authEvents, authFaults } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Call } from '@cenopie/platform-runtime'
import type { Passwords } from '../crypto/passwords.ts'
import { newSeed } from '../crypto/refresh-token.ts'
import { rememberDevice } from '../data/devices.ts'
import { tokenSubject } from '../data/memberships.ts'
import { addSession, crowdOut } from '../data/sessions.ts'
import { admitAttempt, forgetAttempts, throttleKey } from '../data/throttle.ts'
import { userByEmail } from '../data/users.ts'
import type { User } from '../data/users.ts'
import { deviceFingerprint, network } from '../domain/device.ts'
import { MAX_SESSIONS } from '../domain/lifetimes.ts'
import { normalEmail } from '../domain/names.ts'
import { sessionExpiry } from '../domain/refresh.ts'
import type { IssueTokens } from '../tokens/issue.ts'
import type { Handle } from './handler.ts'

export function signIn(
  database: Database,
  outbox: Outbox,
  passwords: Passwords,
  issue: IssueTokens,
): Handle<'signIn'> {
  return async (input, call) => {
    const email = normalEmail(input.email)
    const attempts = throttleKey(email, network(call.address, 32, 64))
    const admission = await admitAttempt(database, attempts, new Date())
    if (!admission.admitted) throw new Fault(faults.rateLimited, { retryAfter: admission.retryAfter })

    const user = await userByEmail(database, email)
    const right = await passwords.verify(user?.passwordHash, input.password)
    if (!user || !right) throw new Fault(authFaults.wrongCredentials)

    const now = new Date()
    const session = { id: newId(), seed: newSeed(), generation: 0, expiresAt: sessionExpiry(now, now) }
    const subject = await database.transaction(async (tx) => {
      const { userAgent, address } = call
      const opened = await addSession(
        tx,
        { ...session, userId: user.id, userAgent, address },
        user.passwordHash,
        now,
      )
      if (!opened) throw new Fault(authFaults.wrongCredentials)
      await crowdOut(tx, user.id, MAX_SESSIONS, now)
      await forgetAttempts(tx, attempts)
      await reportNewDevice(outbox, tx, call, user, now)
      return tokenSubject(tx, user.id)
    })
    if (!subject) throw new Fault(authFaults.wrongCredentials)
    return issue(subject, session, now)
  }
}

async function reportNewDevice(
  outbox: Outbox,
  tx: Transaction,
  call: Call,
  user: User,
  now: Date,
): Promise<void> {
  const { userAgent, address } = call
  if (!(await rememberDevice(tx, user.id, deviceFingerprint(userAgent, address), now))) return
  await outbox.publish(tx, call, authEvents.signedInFromNewDevice, {
    entity: { id: user.id, version: user.version },
    payload: {
      userId: user.id,
      email: user.email,
      address: address?.slice(0, 64),
      userAgent: userAgent?.slice(0, 512),
      at: now.toISOString(),
    },
  })
}
