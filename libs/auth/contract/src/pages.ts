import { operation, pageText } from '@cenopie/platform-contract'
import { authFaults } from './faults.ts'
import { email, newPassword, presentedPassword, secretToken } from './types.ts'

const base = '/api/v1/auth/pages'
const confirm = `${base}/confirm-email/{token}`
const reset = `${base}/reset-password/{token}`
const accept = `${base}/accept-invitation/{token}`

const shown = {
  method: 'GET',
  access: 'public',
  input: { token: secretToken },
  output: pageText,
  mediaType: 'text/html',
  sensitive: true,
  faults: [authFaults.linkExpired],
  rateLimit: { max: 60, windowSeconds: 60 },
} as const
const acted = { ...shown, method: 'POST', forms: true } as const

/**
 * Where links in mail lead: the operations behind them, for people with nothing but a browser. GET shows a form and
 * changes nothing, since link scanners and previews send it; POST acts.
 */
export const pageOperations = {
  showEmailConfirmation: operation({ ...shown, path: confirm, summary: 'Page: confirm an address?' }),
  confirmEmailOnPage: operation({ ...acted, path: confirm, summary: 'Page: confirm the address' }),

  showPasswordReset: operation({ ...shown, path: reset, summary: 'Page: choose a new password' }),
  resetPasswordOnPage: operation({
    ...acted,
    path: reset,
    summary: 'Page: set the new password',
    input: { token: secretToken, password: newPassword },
    rateLimit: { max: 20, windowSeconds: 60 },
  }),

  showInvitation: operation({ ...shown, path: accept, summary: 'Page: join a company?' }),
  acceptInvitationOnPage: operation({
    ...acted,
    path: accept,
    summary: 'Page: prove who you are and join the company',
    description: 'Starts no session. Attempts count like those to sign in.',
    input: { token: secretToken, email, password: presentedPassword },
    faults: [
      authFaults.wrongCredentials,
      authFaults.linkExpired,
      authFaults.emailUnverified,
      authFaults.invitationForAnother,
      authFaults.alreadyMember,
      authFaults.tooManyMemberships,
    ],
    rateLimit: { max: 120, windowSeconds: 60 },
  }),
} as const
