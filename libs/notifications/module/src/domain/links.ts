/**
 * Where mail leads. Secrets travel as the `token` parameter or the last path segment, so that a client can pick them
 * up; each mail also shows the secret as text, for clients without such a page.
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
  return {
    verifyEmail: (token) => `${publicUrl}/verify-email?token=${enc(token)}`,
    resetPassword: (token) => `${publicUrl}/reset-password?token=${enc(token)}`,
    acceptInvitation: (token) => `${publicUrl}/accept-invitation?token=${enc(token)}`,
    interview: (token) => `${publicUrl}/api/v1/interviews/links/${enc(token)}`,
    posting: (postingId) => `${publicUrl}/api/v1/jobs/postings/${enc(postingId)}`,
    unsubscribe: (token) => `${publicUrl}/api/v1/notifications/unsubscribe/${enc(token)}`,
  }
}
