import { animate, isAnimation } from './animation.ts'
import { blurhashOf } from './blurhash.ts'
import { eachOf } from './each-of.ts'
import { encode } from './encode.ts'
import type { ImageSink, ImageVariant, MadeImages } from './image.ts'
import { mediaTypeOf } from './image-type.ts'
import { inspectImage } from './inspect-image.ts'
import { decode, shrink } from './pixels.ts'
import type { ImagePlan } from './plan.ts'
import { targetsOf } from './targets.ts'

/** Encoders at work at once. */
const atOnce = 2

/**
 * What {@link makeImages} does, in this process. A decoder cannot be interrupted: this is for a process that may be
 * ended from outside.
 */
export async function renderImages(path: string, plan: ImagePlan, sink: ImageSink): Promise<MadeImages> {
  const source = await inspectImage(path, plan.limits)
  const variants: ImageVariant[] = []
  const handOver = async (bytes: Buffer, variant: Omit<ImageVariant, 'mediaType' | 'bytes'>) => {
    const { name, format } = variant
    const whole = { ...variant, mediaType: mediaTypeOf(format), bytes: bytes.length }
    await sink(name, bytes, whole)
    variants.push(whole)
  }

  const [largest, ...smaller] = targetsOf(source, plan).toReversed()
  if (largest === undefined) throw new Error(`the plan of ${plan.purpose} has no sizes`)
  const decoded = await decode(path, source, largest, plan.limits.pixels)
  const sized = [{ target: largest, pixels: decoded }]
  for (const target of smaller) sized.push({ target, pixels: await shrink(decoded, target) })

  const encodings = sized.flatMap(({ target, pixels }) =>
    plan.formats.map((format) => async () => {
      const { size, width, height } = target
      const name = `${plan.purpose}-${size}.${format}`
      await handOver(await encode(pixels, format), { name, format, animated: false, width, height })
    }),
  )
  const { animatedSize } = plan
  if (animatedSize !== undefined && isAnimation(source)) {
    encodings.unshift(async () => {
      const { data, width, height } = await animate(path, source, animatedSize, plan)
      const name = `${plan.purpose}-${animatedSize}-animated.webp`
      await handOver(data, { name, format: 'webp', animated: true, width, height })
    })
  }
  await eachOf(encodings, atOnce, (encoding) => encoding())
  const blurhash = await blurhashOf(sized.at(-1)!.pixels)
  return { source, blurhash, version: plan.version, variants }
}
