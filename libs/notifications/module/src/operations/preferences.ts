import type { notificationsContract } from '@cenopie/notifications-contract'
import { invalid } from '@cenopie/platform-contract'
import type { Handlers } from '@cenopie/platform-runtime'
import type { PreferenceStore } from '../data/preferences.ts'
import { isChangeable, isUsed, preference, used } from '../domain/catalogue.ts'

type Preferences = Pick<Handlers<typeof notificationsContract>, 'listPreferences' | 'setPreference'>

export function preferenceOperations(preferences: PreferenceStore): Preferences {
  return {
    async listPreferences(_input, { actor }) {
      const chosen = new Map(
        (await preferences.list(actor.id)).map((row) => [`${row.type} ${row.channel}`, row.enabled]),
      )
      return {
        items: used.map(({ type, channel }) => preference(type, channel, chosen.get(`${type} ${channel}`))),
      }
    },

    async setPreference({ type, channel, enabled }, { actor }) {
      if (!isUsed(type, channel)) {
        throw invalid({ field: 'channel', message: `${type} is not sent by ${channel}` })
      }
      if (!enabled && !isChangeable(type, channel)) {
        throw invalid({ field: 'enabled', message: `critical mail such as ${type} cannot be turned off` })
      }
      await preferences.set(actor.id, { type, channel }, enabled)
      return preference(type, channel, enabled)
    },
  }
}
