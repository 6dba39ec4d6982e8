import type { CallContext } from '@cenopie/platform-contract'
import type { AnyTransaction } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import { profileUpdated } from '@cenopie/users-contract'
import { sharedFacts, type ShareableProfile } from '../domain/shared-facts.ts'

/** Tells other domains of a profile in the transaction that wrote it. */
export async function announceProfile(
  outbox: Outbox,
  tx: AnyTransaction,
  call: CallContext,
  profile: ShareableProfile & { version: number },
): Promise<void> {
  await outbox.publish(tx, call, profileUpdated, {
    entity: { id: profile.userId, version: profile.version },
    payload: sharedFacts(profile),
  })
}
