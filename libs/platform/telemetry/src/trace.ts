import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(8192)
let used = pool.length

/** Random hex, drawn from a pool: one call to the generator serves a few hundred ids. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const hex = pool.toString('hex', used, used + bytes)
  used += bytes
  return hex
}

const header = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** W3C trace context: goes on with the caller's trace, or begins one. */
export function traceparentFrom(incoming: unknown): string {
  if (typeof incoming === 'string' && header.test(incoming)) {
    return childSpan(incoming)
  }
  return `00-${randomHex(16)}-${randomHex(8)}-01`
}

const acceptable = /^[\w-]{8,64}$/

/** The caller's request id if it has a harmless form, else a new one of 32 hex digits. */
export function requestIdFrom(incoming: unknown): string {
  return typeof incoming === 'string' && acceptable.test(incoming) ? incoming : randomHex(16)
}

/** The same trace, a new span. */
export function childSpan(traceparent: string): string {
  return `${traceparent.slice(0, 36)}${randomHex(8)}${traceparent.slice(52)}`
}
