import { createHmac, timingSafeEqual } from 'node:crypto'
import { notificationType } from '@cenopie/notifications-contract'
import type { NotificationType } from '@cenopie/notifications-contract'

export interface Subscription {
  userId: string
  type: NotificationType
}

/**
 * `base64url(user:type).base64url(HMAC-SHA256)`. It never expires: RFC 8058 wants links in old mail to work, and all
 * it can do is turn off one type of mail for one person.
 */
export function signSubscription({ userId, type }: Subscription, secret: string): string {
  const body = Buffer.from(`${userId}:${type}`).toString('base64url')
  return `${body}.${signature(body, secret).toString('base64url')}`
}

/** Undefined for anything that this secret did not sign. */
export function readSubscription(token: string, secret: string): Subscription | undefined {
  const [body = '', signed = ''] = token.split('.')
  const expected = signature(body, secret)
  const given = Buffer.from(signed, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const text = Buffer.from(body, 'base64url').toString()
  const userId = text.slice(0, 36)
  const type = notificationType.safeParse(text.slice(37))
  return type.success ? { userId, type: type.data } : undefined
}

function signature(body: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`unsubscribe:${body}`).digest()
}
