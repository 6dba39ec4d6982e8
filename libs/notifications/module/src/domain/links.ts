import { authContract } from '@cenopie/auth-contract'
import { interviewsContract } from '@cenopie/interviews-contract'
import type { AnyOperation } from '@cenopie/platform-contract'
import { addressed } from '@cenopie/platform-runtime'

/**
 * Where mail leads: pages that work in any browser. Secrets are the last path segment, so that a client can pick them
 * up; each mail also shows the secret as text, for those who use the API.
 */
export interface Links {
  verifyEmail(token: string): string
  resetPassword(token: string): string
  acceptInvitation(token: string): string
  /** The interview itself, open to whoever holds the token. */
  interview(token: string): string
  posting(postingId: string): string
  unsubscribe(token: string): string
}

/** `publicUrl` without trailing slash. */
export function linksOf(publicUrl: string): Links {
  const enc = encodeURIComponent
  const page = (operation: AnyOperation, token: string) => publicUrl + addressed(operation, { token }).path
  return {
    verifyEmail: (token) => page(authContract.operations.showEmailConfirmation, token),
    resetPassword: (token) => page(authContract.operations.showPasswordReset, token),
    acceptInvitation: (token) => page(authContract.operations.showInvitation, token),
    interview: (token) => page(interviewsContract.operations.showInterview, token),
    posting: (postingId) => `${publicUrl}/api/v1/jobs/postings/${enc(postingId)}`,
    unsubscribe: (token) => `${publicUrl}/api/v1/notifications/unsubscribe/${enc(token)}`,
  }
}
