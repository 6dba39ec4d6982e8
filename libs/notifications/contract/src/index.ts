import { defineContract } from '@cenopie/platform-contract'
import * as inbox from './inbox.ts'
import * as preferences from './preferences.ts'
import * as unsubscribe from './unsubscribe.ts'

export * from './inbox.ts'
export * from './preferences.ts'
export * from './types.ts'
export * from './unsubscribe.ts'

export const notificationsContract = defineContract({
  name: 'notifications',
  operations: {
    listInbox: inbox.listInbox,
    countInbox: inbox.countInbox,
    getNotification: inbox.getNotification,
    updateNotification: inbox.updateNotification,
    markAllRead: inbox.markAllRead,
    listPreferences: preferences.listPreferences,
    setPreference: preferences.setPreference,
    describeSubscription: unsubscribe.describeSubscription,
    unsubscribe: unsubscribe.unsubscribe,
  },
  events: {},
})
