import { link, words } from './facts.ts'
import { action, code, template, text } from './template.ts'
import { when } from './when.ts'

export const companyInvitation = template({
  type: 'company-invitation',
  facts: link.extend({ companyName: words, role: words }),
  mail: ({ companyName, role, token, expiresAt }, links) => ({
    subject: `Join ${companyName} on Cenopie`,
    preheader: `You are invited as ${role}.`,
    blocks: [
      text(`You are invited to join ${companyName} as ${role}.`),
      action('Accept the invitation', links.acceptInvitation(token)),
      code('If the link does not open, use this code:', token),
      text(
        `The invitation is for this address alone and ends on ${when(expiresAt)}.`,
        'If you do not know the company, ignore this mail.',
      ),
    ],
  }),
})
