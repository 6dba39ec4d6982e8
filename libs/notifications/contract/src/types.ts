import { z } from 'zod'

/** What people are told about, as they turn it on and off. The name is stored with preferences and deliveries: it never changes its meaning. */
export const notificationType = z
  .enum([
    'email-verification',
    'sign-up-repeated',
    'password-reset',
    'password-changed',
    'email-changed',
    'new-sign-in',
    'company-invitation',
    'application-submitted',
    'application-received',
    'application-advanced',
    'application-rejected',
    'application-hired',
    'application-withdrawn',
    'interview-invited',
    'interview-reminder',
    'interview-submitted',
    'interview-analysed',
    'interview-analysis-failed',
    'interview-decided',
  ])
  .meta({ id: 'NotificationType' })
export type NotificationType = z.output<typeof notificationType>

export const notificationChannel = z.enum(['in-app', 'mail']).meta({ id: 'NotificationChannel' })
export type NotificationChannel = z.output<typeof notificationChannel>

/** `critical` mail keeps an account or an invitation usable, so it cannot be turned off. */
export const notificationClass = z.enum(['critical', 'standard']).meta({ id: 'NotificationClass' })
export type NotificationClass = z.output<typeof notificationClass>
