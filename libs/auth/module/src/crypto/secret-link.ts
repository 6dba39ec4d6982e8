import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes in base64url, for a link in a mail. Only its hash is kept. */
export function newLinkToken(): string {
  return randomBytes(32).toString('base64url')
}

export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
