import { operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { notificationChannel, notificationClass, notificationType } from './types.ts'

export const notificationPreference = z
  .object({
    type: notificationType,
    channel: notificationChannel,
    class: notificationClass,
    enabled: z.boolean(),
    changeable: z.boolean().describe('False for critical mail, which cannot be turned off.'),
  })
  .meta({ id: 'NotificationPreference' })
export type NotificationPreference = z.output<typeof notificationPreference>

export const listPreferences = operation({
  method: 'GET',
  path: '/api/v1/notifications/preferences',
  summary: 'Show what you are told about, and how',
  description: 'One row per type and channel that the type uses; defaults included.',
  access: 'user',
  input: {},
  output: z.object({ items: z.array(notificationPreference).max(100) }),
})

export const setPreference = operation({
  method: 'PUT',
  path: '/api/v1/notifications/preferences/{type}/{channel}',
  summary: 'Turn one type of notification on or off for one channel',
  access: 'user',
  input: {
    type: notificationType,
    channel: notificationChannel,
    enabled: z.boolean().meta({ examples: [false] }),
  },
  output: notificationPreference,
})
