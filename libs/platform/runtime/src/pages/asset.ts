import type { Content } from '@cenopie/platform-contract'
import { inMemory } from './in-memory.ts'

/** A program or style that pages load. */
export interface PageAsset {
  /** Changes with its bytes; part of its address. */
  version: string
  /** What is at the address of a version: kept for good there, while an older or newer address looks again. */
  at(version: string): Content
}

export function pageAsset(bytes: Buffer, mediaType: string): PageAsset {
  const content = inMemory(bytes, { mediaType, cacheControl: 'public, max-age=31536000, immutable' })
  const version = content.etag.slice(0, 16)
  return { version, at: (asked) => (asked === version ? content : { ...content, cacheControl: 'no-cache' }) }
}
