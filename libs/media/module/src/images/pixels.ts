import type { Sharp } from 'sharp'
import { failureOf } from './failure.ts'
import type { ImageFacts } from './image.ts'
import { sharp } from './sharp.ts'
import type { Target } from './targets.ts'

/** Upright sRGB, 8 bits a channel, in rows from the top. */
export interface Pixels {
  data: Buffer
  raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 }
}

/**
 * Decodes the file once, straight to the largest size that is wanted: JPEG and WebP decode to a fraction of their size
 * for a fraction of the time, and what is kept is a few megabytes whatever the file holds.
 *
 * Colours come out as sRGB, whatever the profile (Display P3, Adobe RGB, CMYK): untagged sRGB is shown right
 * everywhere, a profile would double the bytes of an avatar. The price is what lies outside sRGB, which is clipped.
 *
 * @throws {ImageError} if it cannot be decoded whole. Warnings are let pass: sound pictures of many phones have some.
 */
export async function decode(
  path: string,
  { deepProfile }: ImageFacts,
  target: Target,
  maxPixels: number,
): Promise<Pixels> {
  const input = sharp(path, { autoOrient: true, failOn: 'error', limitInputPixels: maxPixels })
  const sized = input.resize(exactly(target))
  // sharp takes 16 bits of any profile to Display P3 and leaves them there.
  return pixelsOf(deepProfile ? sized.withIccProfile('srgb', { attach: false }) : sized)
}

/** The same picture at a smaller size. */
export function shrink({ data, raw }: Pixels, target: Target): Promise<Pixels> {
  return pixelsOf(sharp(data, { raw }).resize(exactly(target)))
}

/** Crops the middle if the shape is another: sizes of the same shape are only scaled. */
export function exactly({ width, height }: Target) {
  return { width, height, fit: 'cover', position: 'centre' } as const
}

async function pixelsOf(pipeline: Sharp): Promise<Pixels> {
  try {
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    return { data, raw: { width, height, channels } }
  } catch (error) {
    throw failureOf(error)
  }
}
