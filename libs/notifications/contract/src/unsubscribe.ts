import { faults, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { notificationType } from './types.ts'

const token = z
  .string()
  .min(20)
  .max(512)
  .regex(/^[\w-]+\.[\w-]+$/)
  .describe('Signed; from the List-Unsubscribe header or the foot of a mail.')

export const subscription = z
  .object({
    type: notificationType,
    subscribed: z.boolean(),
    hint: z.string().max(300).describe('How to unsubscribe, in words.'),
  })
  .meta({ id: 'MailSubscription' })

/** Link scanners and previews send GET, so it only tells; RFC 8058 lets POST alone act. */
export const describeSubscription = operation({
  method: 'GET',
  path: '/api/v1/notifications/unsubscribe/{token}',
  summary: 'Show what an unsubscribe link is for, changing nothing',
  access: 'public',
  input: { token },
  output: subscription,
  faults: [faults.notFound],
  rateLimit: { max: 60, windowSeconds: 60 },
})

export const unsubscribe = operation({
  method: 'POST',
  path: '/api/v1/notifications/unsubscribe/{token}',
  summary: 'Unsubscribe from one type of mail with one click (RFC 8058)',
  access: 'public',
  input: {
    token,
    'List-Unsubscribe': z
      .literal('One-Click')
      .optional()
      .describe('What mail clients send as the form body (RFC 8058, section 3.2).'),
  },
  forms: true,
  output: subscription,
  faults: [faults.notFound],
  repeatable: true,
  rateLimit: { max: 60, windowSeconds: 60 },
})
