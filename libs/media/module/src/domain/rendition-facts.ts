import type { RenditionFact } from '@cenopie/media-contract'
import type { RenditionRow } from '../data/files.ts'

/** A rendition as other modules hear of it. */
export function factsOfRendition({ name, mediaType, bytes, width, height }: RenditionRow): RenditionFact {
  return { name, mediaType, bytes, ...(width !== null && { width }), ...(height !== null && { height }) }
}
