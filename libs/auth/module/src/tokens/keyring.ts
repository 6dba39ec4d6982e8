import type { Database } from '@cenopie/platform-database'
import { SignJWT } from 'jose'
import type { CryptoKey, JWTPayload } from 'jose'
import { deriveKey, keyId } from '../crypto/derive.ts'
import { algorithm, newSigningKey, openSigningKey } from '../crypto/signing-key.ts'
import type { PublicJwk } from '../crypto/signing-key.ts'
import { changeKeys, listKeys } from '../data/signing-keys.ts'
import type { SigningKeyRow } from '../data/signing-keys.ts'
import { nextKeyFrom, publishedKeys, signingKey } from '../domain/key-rotation.ts'

/** Far below the lead with which a key is published, so every process knows a key before anyone signs with it. */
const RELOAD_MS = 60_000

export interface Keyring {
  /** Makes the next key when it is due and drops those that nobody needs. */
  rotate(now: Date): Promise<void>
  publicKeys(now: Date): Promise<PublicJwk[]>
  sign(claims: JWTPayload, now: Date): Promise<string>
}

/** Keys live in the database, so that all processes sign with the same; private halves are sealed with `secret`. */
export function createKeyring(database: Database, secret: string): Keyring {
  const sealingKey = deriveKey(secret, 'signing-keys')
  const secretId = keyId(sealingKey)
  const opened = new Map<string, Promise<CryptoKey>>()
  let known: { keys: SigningKeyRow[]; at: Date } | undefined

  async function keys(now: Date): Promise<SigningKeyRow[]> {
    if (!known || now.getTime() - known.at.getTime() >= RELOAD_MS)
      known = { keys: await listKeys(database), at: now }
    return known.keys
  }

  /** Keys sealed with another secret still verify, but only their successors sign. */
  const ours = (all: SigningKeyRow[]) => all.filter((key) => key.secretId === secretId)

  async function rotate(now: Date): Promise<void> {
    await changeKeys(database, async (all, change) => {
      const activeFrom = nextKeyFrom(ours(all), now)
      if (activeFrom) await change.add({ ...(await newSigningKey(sealingKey)), secretId, activeFrom }, now)
      const needed = new Set(publishedKeys(all, now))
      await change.remove(all.filter((key) => !needed.has(key)).map((key) => key.id))
    })
    known = undefined
  }

  async function current(now: Date): Promise<SigningKeyRow> {
    const key = signingKey(ours(await keys(now)), now)
    if (key) return key
    await rotate(now)
    const first = signingKey(ours(await keys(now)), now)
    if (!first) throw new Error('no signing key is active')
    return first
  }

  async function open(key: SigningKeyRow): Promise<CryptoKey> {
    const existing = opened.get(key.id) ?? openSigningKey(sealingKey, key)
    opened.set(key.id, existing)
    return existing
  }

  return {
    rotate,
    publicKeys: async (now) => publishedKeys(await keys(now), now).map((key) => key.publicJwk),
    async sign(claims, now) {
      const key = await current(now)
      return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: key.id }).sign(await open(key))
    },
  }
}
