import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A refresh token is 52 bytes in base64url: session id (16), generation (4), proof (32). The proof is
 * HMAC-SHA-256 over the first 20 bytes with a key made of the configured secret and the session's own random seed.
 *
 * So the database holds no token, neither the database nor the secret alone lets anybody make one, a repeated
 * exchange gets the very same successor, and any token that was ever given out is known as genuine when it is
 * replayed, with one row per session instead of one per exchange.
 */
const idBytes = 16
const headBytes = idBytes + 4
const totalBytes = headBytes + 32

export interface PresentedToken {
  sessionId: string
  generation: number
  head: Buffer
  proof: Buffer
}

export function newSeed(): Buffer {
  return randomBytes(32)
}

export function refreshToken(
  key: Buffer,
  session: { id: string; seed: Uint8Array; generation: number },
): string {
  const head = Buffer.alloc(headBytes)
  head.write(session.id.replaceAll('-', ''), 'hex')
  head.writeUInt32BE(session.generation, idBytes)
  return Buffer.concat([head, proofOf(key, session.seed, head)]).toString('base64url')
}

/** Takes a token apart; undefined when it cannot be one. Proves nothing yet. */
export function readRefreshToken(token: string): PresentedToken | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== totalBytes) return undefined
  const head = bytes.subarray(0, headBytes)
  const sessionId = head
    .toString('hex', 0, idBytes)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { sessionId, generation: head.readUInt32BE(idBytes), head, proof: bytes.subarray(headBytes) }
}

/** Whether the platform made this token for the session with this seed. */
export function isGenuine(key: Buffer, seed: Uint8Array, { head, proof }: PresentedToken): boolean {
  return timingSafeEqual(proof, proofOf(key, seed, head))
}

function proofOf(key: Buffer, seed: Uint8Array, head: Buffer): Buffer {
  return createHmac('sha256', key).update(seed).update(head).digest()
}
