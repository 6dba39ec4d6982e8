import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, base64url. Shown to the candidate and never kept. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token: SHA-256, hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
