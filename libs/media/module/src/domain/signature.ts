import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signature is for: one made for a ticket is worth nothing as a grant. */
export type Use = 'ticket' | 'grant'

/** HMAC-SHA-256 of `text` for one use, base64url. */
export function signature(secret: string, use: Use, text: string): string {
  return createHmac('sha256', secret).update(`cenopie.media.${use}\n${text}`).digest('base64url')
}

export function isSignature(given: string, secret: string, use: Use, text: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(signature(secret, use, text))]
  return a.length === b.length && timingSafeEqual(a, b)
}
