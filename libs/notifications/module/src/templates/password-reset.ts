import { link } from './facts.ts'
import { action, code, template, text } from './template.ts'
import { when } from './when.ts'

export const passwordReset = template({
  type: 'password-reset',
  facts: link,
  mail: ({ token, expiresAt }, links) => ({
    subject: 'Set a new password',
    preheader: 'The link you asked for. It works once.',
    blocks: [
      text('Here is the link to set a new password for your account.'),
      action('Set a new password', links.resetPassword(token)),
      code('If the link does not open, use this code:', token),
      text(
        `Both work once, until ${when(expiresAt)}.`,
        'If you did not ask for this, ignore this mail: your password stays as it is.',
      ),
    ],
  }),
})
