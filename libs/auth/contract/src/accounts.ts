import { faults, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { authFaults } from './faults.ts'
import {
  Accepted,
  Account,
  email,
  JsonWebKey,
  newPassword,
  personName,
  presentedPassword,
  refreshToken,
  secretToken,
  Tokens,
} from './types.ts'

/** A password that is the address itself is the first one an attacker tries. */
const passwordIsNotTheEmail = {
  name: 'password-is-not-the-email',
  refuse: (input: { email: string; password: string }) =>
    input.password.toLowerCase() === input.email.toLowerCase()
      ? { field: 'password', message: 'must not be the e-mail address' }
      : undefined,
}

export const accountOperations = {
  signUp: operation({
    method: 'POST',
    path: '/api/v1/auth/sign-up',
    summary: 'Create an account',
    description:
      'Sends a mail to confirm the address. Answers alike when the address already has an account; its owner is told by mail.',
    access: 'public',
    input: {
      email: email.meta({ examples: ['ada@example.com'] }),
      password: newPassword.meta({ examples: ['correct horse battery'] }),
      name: personName.meta({ examples: ['Ada Lovelace'] }),
    },
    output: Accepted,
    status: 202,
    checks: [passwordIsNotTheEmail],
    rateLimit: { max: 60, windowSeconds: 60 },
  }),

  signIn: operation({
    method: 'POST',
    path: '/api/v1/auth/sign-in',
    summary: 'Start a session',
    access: 'public',
    input: {
      email: email.meta({ examples: ['ada@example.com'] }),
      password: presentedPassword.meta({ examples: ['correct horse battery'] }),
    },
    output: Tokens,
    sensitive: true,
    faults: [authFaults.wrongCredentials],
    rateLimit: { max: 120, windowSeconds: 60 },
  }),

  refresh: operation({
    method: 'POST',
    path: '/api/v1/auth/refresh',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'The presented token is used up. Presented again within 30 seconds it still works (two tabs); later, the whole session ends.',
    access: 'public',
    input: { refreshToken },
    output: Tokens,
    sensitive: true,
    faults: [authFaults.sessionEnded],
    rateLimit: { max: 240, windowSeconds: 60 },
  }),

  signOut: operation({
    method: 'POST',
    path: '/api/v1/auth/sign-out',
    summary: 'End the session this request came with',
    access: 'user',
    input: {},
    repeatable: true,
  }),

  me: operation({
    method: 'GET',
    path: '/api/v1/auth/me',
    summary: 'The signed-in person and their companies',
    access: 'user',
    input: {},
    output: Account,
    faults: [faults.notFound],
  }),

  requestEmailVerification: operation({
    method: 'POST',
    path: '/api/v1/auth/email-verification',
    summary: 'Send the confirmation mail again',
    description: 'Earlier links stop working. Does nothing when the address is confirmed already.',
    access: 'user',
    input: {},
    output: Accepted,
    status: 202,
    faults: [faults.notFound],
    rateLimit: { max: 5, windowSeconds: 300 },
  }),

  confirmEmail: operation({
    method: 'POST',
    path: '/api/v1/auth/email-verification/confirm',
    summary: 'Confirm an e-mail address with the token from the mail',
    access: 'public',
    input: { token: secretToken },
    faults: [authFaults.linkExpired],
    rateLimit: { max: 60, windowSeconds: 60 },
  }),

  requestEmailChange: operation({
    method: 'POST',
    path: '/api/v1/auth/email-change',
    summary: 'Ask for another e-mail address',
    description:
      'The new address receives a link for the confirm operation; until it is used nothing changes.',
    access: 'user',
    input: { email, password: presentedPassword },
    output: Accepted,
    status: 202,
    faults: [authFaults.wrongCredentials],
    rateLimit: { max: 10, windowSeconds: 300 },
  }),

  requestPasswordReset: operation({
    method: 'POST',
    path: '/api/v1/auth/password-reset',
    summary: 'Ask for a link to set a new password',
    description: 'Answers alike whether or not the address has an account.',
    access: 'public',
    input: { email },
    output: Accepted,
    status: 202,
    rateLimit: { max: 20, windowSeconds: 60 },
  }),

  confirmPasswordReset: operation({
    method: 'POST',
    path: '/api/v1/auth/password-reset/confirm',
    summary: 'Set a new password with the token from the mail',
    description: 'Ends every session of the account and, since the mail arrived, confirms its address.',
    access: 'public',
    input: { token: secretToken, password: newPassword },
    faults: [authFaults.linkExpired],
    rateLimit: { max: 20, windowSeconds: 60 },
  }),

  changePassword: operation({
    method: 'POST',
    path: '/api/v1/auth/password',
    summary: 'Change the password',
    description: 'Ends every other session of the account.',
    access: 'user',
    input: { currentPassword: presentedPassword, newPassword },
    faults: [authFaults.wrongCredentials],
    rateLimit: { max: 10, windowSeconds: 300 },
  }),
} as const

export const keyOperations = {
  jwks: operation({
    method: 'GET',
    path: '/api/v1/auth/jwks',
    summary: 'Public keys that verify access tokens (RFC 7517)',
    access: 'public',
    input: {},
    output: z.object({ keys: z.array(JsonWebKey).max(10) }).meta({ id: 'JsonWebKeySet' }),
  }),
} as const
