import { timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { words } from './facts.ts'
import { template, text } from './template.ts'
import { when } from './when.ts'

/** Goes to the address before: whoever lost the account by the change reads mail only there. */
export const emailChanged = template({
  type: 'email-changed',
  facts: z.object({ email: words, at: timestamp }),
  mail: ({ email, at }) => ({
    subject: 'Your e-mail address was changed',
    preheader: 'This is the last mail to this address.',
    blocks: [
      text(`The address of your account was changed to ${email} on ${when(at)}.`),
      text('If this was not you, somebody else controls your account: answer this mail at once.'),
    ],
  }),
})
