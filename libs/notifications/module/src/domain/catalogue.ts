import { notificationType } from '@cenopie/notifications-contract'
import type {
  NotificationChannel,
  NotificationClass,
  NotificationPreference,
  NotificationType,
} from '@cenopie/notifications-contract'

interface Entry {
  readonly class: NotificationClass
  readonly channels: readonly NotificationChannel[]
}

const both = ['in-app', 'mail'] as const

/** What each type of notification is, and which channels it uses unless somebody turned one off. */
export const catalogue: Readonly<Record<NotificationType, Entry>> = {
  'email-verification': { class: 'critical', channels: ['mail'] },
  'sign-up-repeated': { class: 'critical', channels: ['mail'] },
  'password-reset': { class: 'critical', channels: ['mail'] },
  'password-changed': { class: 'critical', channels: both },
  'email-changed': { class: 'critical', channels: ['mail'] },
  'new-sign-in': { class: 'standard', channels: both },
  'company-invitation': { class: 'critical', channels: ['mail'] },
  'application-submitted': { class: 'standard', channels: ['mail'] },
  'application-received': { class: 'standard', channels: ['in-app'] },
  'application-advanced': { class: 'standard', channels: both },
  'application-rejected': { class: 'standard', channels: both },
  'application-hired': { class: 'standard', channels: both },
  'application-withdrawn': { class: 'standard', channels: ['in-app'] },
  'interview-invited': { class: 'critical', channels: both },
  'interview-reminder': { class: 'standard', channels: both },
  'interview-submitted': { class: 'standard', channels: ['in-app'] },
  'interview-analysed': { class: 'standard', channels: both },
  'interview-analysis-failed': { class: 'standard', channels: both },
  'interview-decided': { class: 'standard', channels: ['in-app'] },
}

export const isUsed = (type: NotificationType, channel: NotificationChannel) =>
  catalogue[type].channels.includes(channel)

/** Critical is a class of mail: the same news in the inbox may be turned off. */
export const isChangeable = (type: NotificationType, channel: NotificationChannel) =>
  !(channel === 'mail' && catalogue[type].class === 'critical')

/** A choice as it takes effect: a stored one for critical mail does not count. */
export function preference(
  type: NotificationType,
  channel: NotificationChannel,
  chosen: boolean | undefined,
): NotificationPreference {
  const changeable = isChangeable(type, channel)
  return { type, channel, class: catalogue[type].class, enabled: !changeable || (chosen ?? true), changeable }
}

/** Every type with every channel it uses, in the order of the contract. */
export const used = notificationType.options.flatMap((type) =>
  catalogue[type].channels.map((channel) => ({ type, channel })),
)
