import { Fault, faults } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import { SignJWT, jwtVerify } from 'jose'
import { z } from 'zod'

/** Seconds: long enough for a call, too short to be worth stealing. */
const lifetime = 30

const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    id: z.string(),
    sessionId: z.string(),
    emailVerified: z.boolean(),
    memberships: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal('service'), name: z.string() }),
])

/** Calls between services: who calls (issuer), whom (audience), on whose behalf (actor). HS256 over a shared secret. */
export interface InternalTokens {
  sign(audience: string, actor: Actor): Promise<string>
  /** Throws `unauthenticated` for a forged, expired or wrongly addressed token. */
  verify(token: string, audience: string): Promise<Actor>
}

export function internalTokens(secret: string, service: string): InternalTokens {
  const key = new TextEncoder().encode(secret)
  return {
    sign: (audience, actor) =>
      new SignJWT({ actor })
        .setProtectedHeader({ alg: 'HS256', typ: 'internal+jwt' })
        .setIssuer(service)
        .setAudience(`internal:${audience}`)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(key),
    async verify(token, audience) {
      try {
        const { payload } = await jwtVerify(token, key, {
          audience: `internal:${audience}`,
          algorithms: ['HS256'],
          typ: 'internal+jwt',
        })
        return actorSchema.parse(payload['actor'])
      } catch (cause) {
        throw new Fault(faults.unauthenticated, { detail: 'The internal token is not valid here.', cause })
      }
    },
  }
}
