import type { notificationsContract } from '@cenopie/notifications-contract'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Handlers } from '@cenopie/platform-runtime'
import type { PreferenceStore } from '../data/preferences.ts'
import { isChangeable, preference } from '../domain/catalogue.ts'
import { readSubscription } from '../domain/unsubscribe-token.ts'
import type { Subscription } from '../domain/unsubscribe-token.ts'

type Unsubscribe = Pick<Handlers<typeof notificationsContract>, 'describeSubscription' | 'unsubscribe'>

const channel = 'mail'

export function unsubscribeOperations(preferences: PreferenceStore, linkSecret: string): Unsubscribe {
  function subscriptionOf(token: string): Subscription {
    const subscription = readSubscription(token, linkSecret)
    if (!subscription || !isChangeable(subscription.type, channel)) throw new Fault(faults.notFound)
    return subscription
  }
  return {
    async describeSubscription({ token }) {
      const { userId, type } = subscriptionOf(token)
      const { enabled } = preference(type, channel, await preferences.get(userId, { type, channel }))
      const hint = enabled
        ? 'To stop this mail, send POST to this address, or change your notification preferences.'
        : 'You do not get this mail. Your notification preferences turn it on again.'
      return { type, subscribed: enabled, hint }
    },

    async unsubscribe({ token }) {
      const { userId, type } = subscriptionOf(token)
      await preferences.set(userId, { type, channel }, false)
      const hint = 'You will not get this mail again. Your notification preferences turn it on again.'
      return { type, subscribed: false, hint }
    },
  }
}
