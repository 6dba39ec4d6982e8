import { createLocalJWKSet, createRemoteJWKSet } from 'jose'
import type { JWK, JWTVerifyGetKey } from 'jose'

/** A token signed with an unknown key asks the issuer again at most this often: forged key ids must not cost queries. */
const cooldownMs = 10_000

/** The issuer's keys when it lives in this process; a rotation is noticed by the first token that needs it. */
export function localKeys(load: () => Promise<JWK[]>): JWTVerifyGetKey {
  let known: JWTVerifyGetKey | undefined
  let loadedAt = 0
  return async (header, token) => {
    try {
      if (known) return await known(header, token)
    } catch (error) {
      if (Date.now() - loadedAt < cooldownMs) throw error
    }
    known = createLocalJWKSet({ keys: await load() })
    loadedAt = Date.now()
    return known(header, token)
  }
}

/** The issuer's keys from its JWKS address. */
export function remoteKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { cooldownDuration: cooldownMs, timeoutDuration: 3_000 })
}
