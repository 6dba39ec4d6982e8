import { authFaults } from '@cenopie/auth-contract'
import type { authContract } from '@cenopie/auth-contract'
import { Fault } from '@cenopie/platform-contract'
import type { Database } from '@cenopie/platform-database'
import type { Handlers } from '@cenopie/platform-runtime'
import { hashOf } from '../crypto/secret-link.ts'
import { findInvitation } from '../data/invitations.ts'
import { findLink } from '../data/mail-links.ts'
import type { MailLink, Purpose } from '../data/mail-links.ts'
import type { AuthReads } from '../data/reads.ts'
import { forgetAttempts } from '../data/throttle.ts'
import { invitationAccepted, invitationForm } from '../pages/accept-invitation.ts'
import { confirmEmailForm, emailConfirmed } from '../pages/confirm-email.ts'
import { newPasswordForm, passwordSet } from '../pages/reset-password.ts'
import type { JoinByInvitation } from './accept-invitation.ts'
import type { Authenticate } from './authenticate.ts'
import type { Handle } from './handler.ts'

type Handler = Handlers<typeof authContract>
type Page = Extract<keyof Handler, `show${string}` | `${string}OnPage`>

interface Acts {
  confirmEmail: Handle<'confirmEmail'>
  confirmPasswordReset: Handle<'confirmPasswordReset'>
  authenticate: Authenticate
  join: JoinByInvitation
}

/** Pages in front of what the other operations do. */
export function pages(database: Database, reads: AuthReads, acts: Acts): Pick<Handler, Page> {
  async function requireLink(token: string, ...purposes: Purpose[]): Promise<MailLink> {
    const link = await findLink(database, hashOf(token), new Date())
    if (!link || !purposes.includes(link.purpose)) throw new Fault(authFaults.linkExpired)
    return link
  }

  async function placeOf(token: string) {
    const invitation = await findInvitation(database, hashOf(token), new Date())
    const company = invitation && (await reads.company(invitation.companyId))
    if (!company) throw new Fault(authFaults.linkExpired)
    return { companyName: company.name, role: invitation.role }
  }

  return {
    showEmailConfirmation: async ({ token }) =>
      confirmEmailForm(await requireLink(token, 'verify-email', 'change-email')),
    async confirmEmailOnPage(input, call) {
      await acts.confirmEmail(input, call)
      return emailConfirmed()
    },
    async showPasswordReset({ token }) {
      await requireLink(token, 'reset-password')
      return newPasswordForm()
    },
    async resetPasswordOnPage(input, call) {
      await acts.confirmPasswordReset(input, call)
      return passwordSet()
    },
    showInvitation: async ({ token }) => invitationForm(await placeOf(token)),
    async acceptInvitationOnPage({ token, ...credentials }, call) {
      // Passwords are tried only by whom an invitation reached.
      await placeOf(token)
      const { user, attempts } = await acts.authenticate(credentials, call)
      await forgetAttempts(database, attempts)
      return invitationAccepted(await acts.join(token, user.id, call))
    },
  }
}
