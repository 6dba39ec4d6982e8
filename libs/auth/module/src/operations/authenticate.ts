import { authFaults } from '@cenopie/auth-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Call } from '@cenopie/platform-runtime'
import type { Passwords } from '../crypto/passwords.ts'
import { admitAttempt, throttleKey } from '../data/throttle.ts'
import { userByEmail } from '../data/users.ts'
import type { User } from '../data/users.ts'
import { network } from '../domain/device.ts'
import { normalEmail } from '../domain/names.ts'

export interface Authenticated {
  user: User
  /** Under which attempts are counted; to be forgotten once nothing else is in the way. */
  attempts: Buffer
}

export type Authenticate = (
  credentials: { email: string; password: string },
  call: Call,
) => Promise<Authenticated>

/**
 * Who has this address and this password. The attempt is counted before either is looked at.
 * @throws Fault rate-limited, wrong-credentials
 */
export function authenticating(database: Database, passwords: Passwords): Authenticate {
  return async (credentials, call) => {
    const email = normalEmail(credentials.email)
    const attempts = throttleKey(email, network(call.address, 32, 64))
    const admission = await admitAttempt(database, attempts, new Date())
    if (!admission.admitted) throw new Fault(faults.rateLimited, { retryAfter: admission.retryAfter })

    const user = await userByEmail(database, email)
    const right = await passwords.verify(user?.passwordHash, credentials.password)
    if (!user || !right) throw new Fault(authFaults.wrongCredentials)
    return { user, attempts }
  }
}
