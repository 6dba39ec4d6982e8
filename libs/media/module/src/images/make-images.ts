import { animate, isAnimation } from './animation.ts'
import { blurhashOf } from './blurhash.ts'
import { startClock } from './clock.ts'
import { eachOf } from './each-of.ts'
import { encode } from './encode.ts'
import type { ImageSink, ImageVariant, MadeImages, MakingOptions } from './image.ts'
import { mediaTypeOf } from './image-type.ts'
import { inspectImage } from './inspect-image.ts'
import { decode, shrink } from './pixels.ts'
import type { ImagePlan } from './plan.ts'
import { targetsOf } from './targets.ts'

/** Encoders of one picture at work at once: half of libuv's four threads, so that the process still reads its files. */
const atOnce = 2

/**
 * Makes all variants that the plan wants of the picture at `path` and hands each to `sink`. The file is decoded once
 * (an animation a second time, for its frames). What the sink gets is encoded anew from pixels: nothing else of the
 * file comes through.
 *
 * Rejects with what the sink rejects with, and with the signal's reason once it is aborted, in both cases with no work
 * left running. The sink may have had some variants by then: they have the same names the next time.
 *
 * @throws {ImageError} if the file is refused by {@link inspectImage}, turns out to be damaged or takes too long.
 */
export async function makeImages(
  path: string,
  plan: ImagePlan,
  sink: ImageSink,
  options: MakingOptions = {},
): Promise<MadeImages> {
  const clock = startClock(options)
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
  const decoded = await decode(path, largest, plan.limits.pixels, clock)
  const sized = [{ target: largest, pixels: decoded }]
  for (const target of smaller) sized.push({ target, pixels: await shrink(decoded, target, clock) })

  const encodings = sized.flatMap(({ target, pixels }) =>
    plan.formats.map((format) => async () => {
      const { size, width, height } = target
      const name = `${plan.purpose}-${size}.${format}`
      await handOver(await encode(pixels, format, clock), { name, format, animated: false, width, height })
    }),
  )
  const { animatedSize } = plan
  if (animatedSize !== undefined && isAnimation(source)) {
    encodings.unshift(async () => {
      const { data, width, height } = await animate(path, source, animatedSize, plan, clock)
      const name = `${plan.purpose}-${animatedSize}-animated.webp`
      await handOver(data, { name, format: 'webp', animated: true, width, height })
    })
  }
  await eachOf(encodings, atOnce, (encoding) => encoding())
  const blurhash = await blurhashOf(sized.at(-1)!.pixels)
  return { source, blurhash, version: plan.version, variants }
}
