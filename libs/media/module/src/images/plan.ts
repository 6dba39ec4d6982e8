import type { ImageType } from './image-type.ts'

export type ImagePurpose = 'avatar' | 'cover' | 'logo' | 'post-image'

/** What variants are written as. */
export type ImageFormat = Exclude<ImageType, 'gif'>

export interface ImageLimits {
  /** Of the file. */
  bytes: number
  /** Frames × width × height: what decoding has to hold or to go through. */
  pixels: number
  /** The same for AVIF, whose decoder takes 25 bytes for each. */
  avifPixels: number
  frames: number
}

/** What becomes of the pictures of one purpose. */
export interface ImagePlan {
  purpose: ImagePurpose
  /** Raised when the same file would come out differently; files made by an older version can be made anew. */
  version: number
  limits: ImageLimits
  /** `square` crops the middle; a number fits into a box of the size's width and that many times its height. */
  shape: 'square' | { timesHigh: number }
  /** Widths in pixels, ascending. A picture is never enlarged: its own width stands in for the first one that is larger. */
  sizes: readonly number[]
  formats: readonly ImageFormat[]
  /** Width of the animated WebP that an animated picture also becomes; without it, a still of its first frame is all. */
  animatedSize?: number
}

/** 50 megapixels are the largest pictures that phones make by default. */
const limits: ImageLimits = { bytes: 20_000_000, pixels: 50_000_000, avifPixels: 16_000_000, frames: 300 }
const photograph = ['avif', 'webp', 'jpeg'] as const

/** Where faces and brands stand still: motion beside text that people read distracts (WCAG 2.2.2). */
export const imagePlans: Readonly<Record<ImagePurpose, ImagePlan>> = {
  avatar: {
    purpose: 'avatar',
    version: 1,
    limits,
    shape: 'square',
    sizes: [64, 128, 256, 512],
    formats: photograph,
  },
  cover: {
    purpose: 'cover',
    version: 1,
    limits,
    shape: { timesHigh: 2 },
    sizes: [640, 1280, 1920],
    formats: photograph,
  },
  logo: {
    purpose: 'logo',
    version: 1,
    limits: { ...limits, bytes: 5_000_000 },
    shape: { timesHigh: 1 },
    sizes: [64, 128, 256],
    // A logo stands on whatever background the page has: JPEG knows no transparency.
    formats: ['avif', 'webp', 'png'],
  },
  'post-image': {
    purpose: 'post-image',
    version: 1,
    limits,
    shape: { timesHigh: 2 },
    sizes: [480, 960, 1600],
    formats: photograph,
    animatedSize: 960,
  },
}
