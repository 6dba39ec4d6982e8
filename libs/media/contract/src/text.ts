import { z } from 'zod'

/** One line: no control characters, no half surrogate pairs. */
const line = /^[^\p{Cc}\p{Cs}]*$/u

/** As the uploader's device calls it; shown and used for downloads, never to find anything. */
export const filename = z.string().min(1).max(255).regex(line)
/** What the picture shows, for people who cannot see it; empty: not described. */
export const alt = z.string().max(1000).regex(line)
export const mediaType = z.string().max(100)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Of one file: at most 64 GiB. */
export const byteCount = z
  .int()
  .min(0)
  .max(64 * 2 ** 30)
