import { Fault, faults } from '@cenopie/platform-contract'
import type { UserActor } from '@cenopie/platform-contract'
import { jwtVerify } from 'jose'
import type { JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { Verdicts } from './verdicts.ts'

/** Claims of an access token beyond the registered ones. */
const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  exp: z.number(),
  email_verified: z.boolean(),
  memberships: z.record(z.string(), z.string()).default({}),
})

export const audience = 'cenopie'
/** Signatures that are accepted; `none` and shared secrets never are. */
const algorithms = ['EdDSA', 'ES256']
/** What `jose` says when the issuer's keys cannot be had; the generic one is an answer other than 200 or JSON. */
const keysAway = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'])
const longest = 8_192

/**
 * Verifies access tokens against the issuer's public keys and remembers each verdict until the token expires.
 * Throws `unauthenticated`.
 */
export function accessTokenVerifier(
  keys: JWTVerifyGetKey,
  issuer: string,
): (token: string) => UserActor | Promise<UserActor> {
  const verified = new Verdicts<UserActor>()

  async function verify(token: string): Promise<UserActor> {
    if (token.length > longest) throw refused('is too long')
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      requiredClaims: ['exp', 'sub'],
    }).catch((cause: Error & { code?: string }) => {
      if (cause instanceof Fault) throw cause
      if (cause.code === undefined || keysAway.has(cause.code)) throw new Fault(faults.unavailable, { cause })
      throw refused(cause.code === 'ERR_JWT_EXPIRED' ? 'has expired' : 'is not valid')
    })
    const parsed = claims.safeParse(payload)
    if (!parsed.success) throw refused('lacks a claim')
    const { sub, sid, email_verified, memberships, exp } = parsed.data
    const actor: UserActor = {
      kind: 'user',
      id: sub,
      sessionId: sid,
      emailVerified: email_verified,
      memberships,
    }
    verified.remember(token, actor, exp * 1000)
    return actor
  }

  return (token) => {
    const known = verified.find(token)
    if (known === 'expired') throw refused('has expired')
    return known ?? verify(token)
  }
}

function refused(why: string): Fault {
  return new Fault(faults.unauthenticated, { detail: `The access token ${why}.` })
}
