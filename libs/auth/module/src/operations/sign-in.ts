import { authEvents, authFaults } from '@cenopie/auth-contract'
import { Fault } from '@cenopie/platform-contract'
import { newId } from '@cenopie/platform-database'
import type { Database, Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { Call } from '@cenopie/platform-runtime'
import { newSeed } from '../crypto/refresh-token.ts'
import { rememberDevice } from '../data/devices.ts'
import { tokenSubject } from '../data/memberships.ts'
import { addSession, crowdOut } from '../data/sessions.ts'
import { forgetAttempts } from '../data/throttle.ts'
import type { User } from '../data/users.ts'
import { deviceFingerprint } from '../domain/device.ts'
import { MAX_SESSIONS } from '../domain/lifetimes.ts'
import { sessionExpiry } from '../domain/refresh.ts'
import type { IssueTokens } from '../tokens/issue.ts'
import type { Authenticate } from './authenticate.ts'
import type { Handle } from './handler.ts'

export function signIn(
  database: Database,
  outbox: Outbox,
  authenticate: Authenticate,
  issue: IssueTokens,
): Handle<'signIn'> {
  return async (input, call) => {
    const { user, attempts } = await authenticate(input, call)
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
