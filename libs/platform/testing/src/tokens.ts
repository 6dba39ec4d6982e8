import type { UserActor } from '@cenopie/platform-contract'
import { audience } from '@cenopie/platform-runtime'
import { SignJWT, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose'
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'

export interface TestIssuer {
  /** The issuer's own keys, and beside them the test's. */
  keys: (own: JWTVerifyGetKey) => JWTVerifyGetKey
  /** The test's keys alone, for another process. */
  published: JSONWebKeySet
  sign(actor: UserActor): Promise<string>
}

const kid = 'test'

/** Issues access tokens that the platform under test accepts beside those of its own issuer. */
export async function testIssuer(issuer: string): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const published = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' }] }
  const known = createLocalJWKSet(published)
  return {
    published,
    keys: (own) => (header, token) => (header?.kid === kid ? known(header, token) : own(header, token)),
    sign: (actor) =>
      new SignJWT({
        sid: actor.sessionId,
        email_verified: actor.emailVerified,
        memberships: actor.memberships,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(actor.id)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
  }
}
