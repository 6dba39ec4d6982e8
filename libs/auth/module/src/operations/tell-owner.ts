import { authEvents } from '@cenopie/auth-contract'
import type { CallContext } from '@cenopie/platform-contract'
import type { Transaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { notice } from '../data/users.ts'
import type { User } from '../data/users.ts'
import { before, lifetimes } from '../domain/lifetimes.ts'

/** Tells an owner that somebody wanted an account with their address; false when they were told a while ago. */
export async function tellOwner(
  outbox: Outbox,
  tx: Transaction,
  call: CallContext,
  owner: User,
  now: Date,
): Promise<boolean> {
  if (!(await notice(tx, owner.id, now, before(now, lifetimes.noticePause)))) return false
  await outbox.publish(tx, call, authEvents.signUpRepeated, {
    entity: { id: owner.id, version: owner.version },
    payload: { userId: owner.id, email: owner.email, name: owner.name },
  })
  return true
}
