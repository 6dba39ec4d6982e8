import { timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { template, text } from './template.ts'
import { when } from './when.ts'

export const passwordChanged = template({
  type: 'password-changed',
  facts: z.object({ at: timestamp }),
  inApp: ({ at }) => ({ title: 'Your password was changed', body: `On ${when(at)}.` }),
  mail: ({ at }) => ({
    subject: 'Your password was changed',
    preheader: 'If this was not you, act now.',
    blocks: [
      text(`The password of your account was changed on ${when(at)}.`),
      text('If this was not you, ask for a password reset at once: it ends every session of your account.'),
    ],
  }),
})
