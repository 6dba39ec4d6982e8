import type { Tokens } from '@cenopie/auth-contract'
import type { z } from 'zod'
import { deriveKey } from '../crypto/derive.ts'
import { refreshToken } from '../crypto/refresh-token.ts'
import type { TokenSubject } from '../data/memberships.ts'
import { after, lifetimes } from '../domain/lifetimes.ts'
import type { Keyring } from './keyring.ts'

/** Whom access tokens are for: every service of the platform. */
const audience = 'cenopie'

export interface SessionProof {
  id: string
  seed: Uint8Array
  generation: number
  expiresAt: Date
}

export type IssueTokens = (
  subject: TokenSubject,
  session: SessionProof,
  now: Date,
) => Promise<z.output<typeof Tokens>>

/** Refresh tokens are proven with a key of their own. */
export function refreshKey(secret: string): Buffer {
  return deriveKey(secret, 'refresh-tokens')
}

/** The pair a client works with: a signed statement of who it is, and the way to the next one. */
export function issueTokens(keyring: Keyring, issuer: string, key: Buffer): IssueTokens {
  return async (subject, session, now) => {
    const expiresAt = after(now, lifetimes.accessToken)
    const accessToken = await keyring.sign(
      {
        iss: issuer,
        aud: audience,
        sub: subject.userId,
        sid: session.id,
        email_verified: subject.emailVerified,
        memberships: subject.memberships,
        iat: seconds(now),
        exp: seconds(expiresAt),
      },
      now,
    )
    return {
      accessToken,
      accessTokenExpiresAt: expiresAt.toISOString(),
      refreshToken: refreshToken(key, session),
      refreshTokenExpiresAt: session.expiresAt.toISOString(),
      sessionId: session.id,
    }
  }
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
