import type { ImageFormat } from './plan.ts'
import type { ImageType } from './image-type.ts'

/** What the header of an accepted file says. */
export interface ImageFacts {
  type: ImageType
  /** By content, whatever the upload called it. */
  mediaType: string
  bytes: number
  /** Pixels, once upright. */
  width: number
  height: number
  frames: number
  hasAlpha: boolean
  /** Whether EXIF asks for the pixels to be turned or mirrored. */
  turned: boolean
  /** Whether it has 16 bits a channel, in the colours of a profile of its own. */
  deepProfile: boolean
}

/** One of the files made of a picture. */
export interface ImageVariant {
  /** `<purpose>-<size>.<format>` or `<purpose>-<size>-animated.webp`; the size is the plan's, the width may be less. */
  name: string
  mediaType: string
  format: ImageFormat
  animated: boolean
  width: number
  height: number
  bytes: number
}

/** Takes each variant as soon as it is made; several may be on their way at once. The next is made when it resolves. */
export type ImageSink = (name: string, bytes: Buffer, variant: ImageVariant) => Promise<void>

export interface MadeImages {
  source: ImageFacts
  /** https://blurha.sh: stands in until a variant has loaded. */
  blurhash: string
  /** Version of the plan they were made by. */
  version: number
  /** In the order of the plan. */
  variants: ImageVariant[]
}

export interface MakingOptions {
  /** Ends the work at once. */
  signal?: AbortSignal
  /** Limit on the time for one file, the sink's included; default 120. */
  seconds?: number
}
