import { link } from './facts.ts'
import { action, code, template, text } from './template.ts'
import { when } from './when.ts'

export const emailVerification = template({
  type: 'email-verification',
  facts: link,
  mail: ({ token, expiresAt }, links) => ({
    subject: 'Confirm your e-mail address',
    preheader: 'One step, and your Cenopie account is ready.',
    blocks: [
      text('Please confirm that this address is yours.'),
      action('Confirm address', links.verifyEmail(token)),
      code('If the link does not open, use this code:', token),
      text(`Both work once, until ${when(expiresAt)}.`, 'If you did not ask for this, ignore this mail.'),
    ],
  }),
})
