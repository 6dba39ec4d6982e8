import { createHmac } from 'node:crypto'
import { Fault, faults } from '@cenopie/platform-contract'
import type { Actor } from '@cenopie/platform-contract'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { Verdicts } from './verdicts.ts'

/** Seconds: long enough for a call, too short to be worth stealing. */
const lifetime = 30
/** Seconds in which calls for the same actor share a token. What is left of its life bridges a slow way and clocks. */
const shared = 10
/** A token of the longest actor there is, with room to spare: memberships are bounded by the size of access tokens. */
const longest = 16_384

const claims = z.object({
  exp: z.number(),
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('anonymous') }),
    z.object({
      kind: z.literal('user'),
      id: z.string(),
      sessionId: z.string(),
      emailVerified: z.boolean(),
      memberships: z.record(z.string(), z.string()),
    }),
    z.object({ kind: z.literal('service'), name: z.string() }),
  ]),
})

/** Calls between services: who calls (issuer), whom (audience), on whose behalf (actor). HS256 over a shared secret. */
export interface InternalTokens {
  sign(audience: string, actor: Actor): string
  /** Throws `unauthenticated` for a forged, expired or wrongly addressed token. */
  verify(token: string, audience: string): Actor | Promise<Actor>
}

/**
 * @param service the name of this process
 * @param previous the secret before this one: accepted, never signed with, so that processes can change over in turn
 */
export function internalTokens(secret: string, service: string, previous?: string): InternalTokens {
  const keys = [secret, ...(previous === undefined ? [] : [previous])].map((text) =>
    new TextEncoder().encode(text),
  )
  const signed = new Map<string, WeakMap<Actor, { token: string; until: number }>>()
  const verified = new Map<string, Verdicts<Actor>>()

  async function verify(token: string, audience: string): Promise<Actor> {
    try {
      const { exp, actor } = claims.parse(await payloadOf(token, audience))
      of(verified, audience, () => new Verdicts()).remember(token, actor, exp * 1000)
      return actor
    } catch (cause) {
      throw refused(cause)
    }
  }

  async function payloadOf(token: string, audience: string): Promise<unknown> {
    if (token.length > longest) throw new Error('too long')
    const expected = { audience: `internal:${audience}`, algorithms: ['HS256'], typ: 'internal+jwt' }
    const tries = await Promise.allSettled(keys.map((key) => jwtVerify(token, key, expected)))
    const good = tries.find((one) => one.status === 'fulfilled')
    if (!good) throw (tries[0] as PromiseRejectedResult).reason
    return good.value.payload
  }

  return {
    sign(audience, actor) {
      const tokens = of(signed, audience, () => new WeakMap())
      const known = tokens.get(actor)
      const now = Date.now()
      if (known && known.until > now) return known.token
      const iat = Math.floor(now / 1000)
      const body = { actor, iss: service, aud: `internal:${audience}`, iat, exp: iat + lifetime }
      const token = jws(secret, body)
      tokens.set(actor, { token, until: now + shared * 1000 })
      return token
    },
    verify(token, audience) {
      const known = verified.get(audience)?.find(token)
      if (known === 'expired') throw refused()
      return known ?? verify(token, audience)
    },
  }
}

const header = encoded({ alg: 'HS256', typ: 'internal+jwt' })

/** RFC 7515 by hand: `jose` goes through Web Crypto and its thread pool, which takes longer than the call. */
function jws(secret: string, payload: object): string {
  const content = `${header}.${encoded(payload)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function refused(cause?: unknown): Fault {
  return new Fault(faults.unauthenticated, { detail: 'The internal token is not valid here.', cause })
}

function of<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
