import type { Content } from '@cenopie/platform-contract'
import { inMemory } from '@cenopie/platform-runtime'

/** Made for this request, and kept by nobody on the way. */
export function madeNow(bytes: Buffer, mediaType: string): Content {
  return inMemory(bytes, { mediaType, cacheControl: 'private, no-store' })
}
