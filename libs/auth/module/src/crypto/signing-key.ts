import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, importPKCS8 } from 'jose'
import type { CryptoKey } from 'jose'
import { seal, unseal } from './seal.ts'

/** Ed25519 (RFC 8037): short signatures, and the fastest to make with Node's OpenSSL. */
export const algorithm = 'EdDSA'

/** As the JWKS shows it. */
export interface PublicJwk {
  kty: string
  crv: string
  x: string
  kid: string
  alg: string
  use: string
}

/** A new key pair, its private half sealed; the id is the RFC 7638 thumbprint. */
export async function newSigningKey(
  sealingKey: Buffer,
): Promise<{ id: string; publicJwk: PublicJwk; privateKey: Buffer }> {
  const pair = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true })
  const { kty, crv = '', x = '' } = await exportJWK(pair.publicKey)
  if (kty === undefined) throw new Error('a public key lacks its type')
  const id = await calculateJwkThumbprint({ kty, crv, x })
  const privateKey = seal(sealingKey, Buffer.from(await exportPKCS8(pair.privateKey)), id)
  return { id, publicJwk: { kty, crv, x, kid: id, alg: algorithm, use: 'sig' }, privateKey }
}

export function openSigningKey(
  sealingKey: Buffer,
  key: { id: string; privateKey: Buffer },
): Promise<CryptoKey> {
  return importPKCS8(unseal(sealingKey, key.privateKey, key.id).toString(), algorithm)
}
