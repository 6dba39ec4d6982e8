import { html, htmlPage } from '@cenopie/platform-runtime'
import type { MailLink } from '../data/mail-links.ts'

export function confirmEmailForm({ email }: MailLink): string {
  return htmlPage(
    'Confirm your e-mail address',
    html`<p>Is <strong>${email}</strong> yours?</p>
      <form method="post"><button>Yes, confirm it</button></form>`,
  )
}

export function emailConfirmed(): string {
  return htmlPage(
    'Your e-mail address is confirmed',
    html`<p>There is nothing more to do; you can close this page.</p>`,
  )
}
