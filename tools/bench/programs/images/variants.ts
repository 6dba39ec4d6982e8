import { imagePlans, type ImageFormat, type ImagePurpose } from '@cenopie/media/images'
import type { Sharp } from 'sharp'

/** What the variants of an upright picture are resized to, the largest last. */
export function targetsOf(purpose: ImagePurpose, { width, height }: { width: number; height: number }) {
  const { shape, sizes } = imagePlans[purpose]
  const tall = shape === 'square' ? 1 : shape.timesHigh
  const own = shape === 'square' ? Math.min(width, height) : Math.max(width, Math.ceil(height / tall))
  const wanted = sizes.filter((size, at) => size < own || (sizes[at - 1] ?? 0) < own)
  const fit = shape === 'square' ? 'cover' : 'inside'
  return wanted.map((size) => {
    const side = shape === 'square' ? Math.min(size, own) : size
    return { width: side, height: side * tall, fit, withoutEnlargement: true } as const
  })
}

/** Encoders as media sets them. */
export const encoders: Record<ImageFormat, (pixels: Sharp) => Sharp> = {
  avif: (pixels) => pixels.avif({ quality: 50, effort: 0 }),
  webp: (pixels) => pixels.webp({ quality: 80, effort: 2 }),
  jpeg: (pixels) => pixels.flatten({ background: 'white' }).jpeg({ quality: 80 }),
  png: (pixels) => pixels.png({ compressionLevel: 9 }),
}

/** Everything at once, as libuv's threads come free. */
export async function encodeAll(
  purpose: ImagePurpose,
  targets: ReturnType<typeof targetsOf>,
  open: () => Sharp,
) {
  const variants = targets.flatMap((target) =>
    imagePlans[purpose].formats.map((format) =>
      encoders[format](open().resize(target)).toBuffer({ resolveWithObject: true }),
    ),
  )
  return (await Promise.all(variants)).map(({ data, info: { width, height } }) => ({
    width,
    height,
    bytes: data.length,
  }))
}
