import { createHash, hkdfSync } from 'node:crypto'

/** A key of 32 bytes for one purpose, so that one configured secret never serves two (RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `cenopie/auth/${purpose}`, 32))
}

/** Tells keys apart without telling anything about them: 16 hex digits. */
export function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
