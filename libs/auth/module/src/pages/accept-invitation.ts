import type { Role } from '@cenopie/auth-contract'
import { html, htmlPage } from '@cenopie/platform-runtime'

interface Place {
  companyName: string
  role: Role
}

export function invitationForm({ companyName, role }: Place): string {
  return htmlPage(
    `Join ${companyName}`,
    html`<p>You are invited to join ${companyName} as ${role}.</p>
      <p>
        Enter the e-mail address that received the invitation and the password of your Cenopie account. If you
        have no account yet, sign up with that address first; this link goes on working meanwhile.
      </p>
      <form method="post">
        <label for="email">E-mail address</label>
        <input id="email" name="email" type="email" autocomplete="username" maxlength="254" required />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          maxlength="128"
          required
        />
        <button>Accept the invitation</button>
      </form>`,
  )
}

export function invitationAccepted({ companyName, role }: Place): string {
  return htmlPage(
    `You have joined ${companyName}`,
    html`<p>You are ${role} at ${companyName} now. You can close this page.</p>`,
  )
}
