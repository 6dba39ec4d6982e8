import type { NotificationType } from '@cenopie/notifications-contract'

/**
 * Kinds that came after the types. A type is a promise to clients and what people turn on and off, so the list of types
 * stands: each of these belongs to the one whose readers and channels it has.
 */
const typeOfLater = {
  'interview-decision-changed': 'interview-decided',
  'alternative-requested': 'interview-analysed',
  'human-review-requested': 'interview-analysed',
  'human-review-resolved': 'application-advanced',
} as const satisfies Record<string, NotificationType>

export const laterKinds = Object.keys(typeOfLater) as (keyof typeof typeOfLater)[]

/** What a notification is. Stored with it; has a template of its own. */
export type NotificationKind = NotificationType | keyof typeof typeOfLater

/** What people turn on and off, and clients are told. */
export function typeOf(kind: NotificationKind): NotificationType {
  return kind in typeOfLater ? typeOfLater[kind as keyof typeof typeOfLater] : (kind as NotificationType)
}
