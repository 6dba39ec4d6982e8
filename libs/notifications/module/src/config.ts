import { z } from 'zod'

export const NotificationsConfig = z.object({
  smtpUrl: z
    .url()
    .default('smtp://127.0.0.1:3002')
    .meta({ secret: true, unsafeDefault: true })
    .describe('smtp[s]://user:password@host:port of the server that takes outgoing mail.'),
  smtpTls: z
    .enum(['required', 'optional'])
    .optional()
    .describe(
      'Whether mail may go out unencrypted. Default: required, unless the server is on this machine.',
    ),
  mailFrom: z
    .string()
    .max(254)
    .default('Cenopie <cenopie@localhost.localdomain>')
    .meta({ unsafeDefault: true })
    .describe('Sender. Its domain also names our messages; answers to it must reach somebody.'),
  linkSecret: z
    .string()
    .min(32)
    .default('cenopie-development-unsubscribe-links')
    .meta({ secret: true, unsafeDefault: true })
    .describe('Signs unsubscribe links; changed, those in old mail stop working.'),
})

export type NotificationsConfig = z.output<typeof NotificationsConfig>
