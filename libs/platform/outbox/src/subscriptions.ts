import { versionKey } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import { consumerId } from './names.ts'
import type { Reaction } from './types.ts'

/** One module's interest in one version of an event of another. */
export interface Subscription {
  /** Its `versionKey`. */
  event: string
  consumer: string
}

export function subscriptionsOf(module: string, reactions: readonly Reaction[]): Subscription[] {
  return reactions.map((reaction) => ({
    event: versionKey(reaction.event),
    consumer: consumerId(module, reaction.consumer),
  }))
}

/**
 * Writes into the publisher's schema what `module` wants from it, and forgets what it no longer wants. Entries
 * published from then on wait for it, whether it runs or not.
 */
export async function subscribe(
  publisher: Database,
  module: string,
  subscriptions: readonly Subscription[],
): Promise<void> {
  const events = subscriptions.map(({ event }) => event)
  const consumers = subscriptions.map(({ consumer }) => consumer)
  await publisher.transaction(async (tx) => {
    await tx.query(
      `DELETE FROM outbox_subscription WHERE module = $1
        AND (event, consumer) NOT IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
      [module, events, consumers],
    )
    await tx.query(
      `INSERT INTO outbox_subscription (event, consumer, module)
        SELECT event, consumer, $1 FROM unnest($2::text[], $3::text[]) AS s (event, consumer) ON CONFLICT DO NOTHING`,
      [module, events, consumers],
    )
  })
}
