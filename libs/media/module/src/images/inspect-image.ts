import { open } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { ImageError, failureOf } from './failure.ts'
import { headBytes, mediaTypeOf, nameOf, sniffImage, type ImageType } from './image-type.ts'
import type { ImageFacts } from './image.ts'
import type { ImageLimits } from './plan.ts'
import { sharp } from './sharp.ts'

/**
 * Reads type and size from the header of the file at `path`, without decoding a pixel. Says nothing of whether the
 * pixels are sound: making its variants shows that.
 *
 * @throws {ImageError} if it is none of the accepted types, not readable, or beyond a limit.
 */
export async function inspectImage(path: string, limits: ImageLimits): Promise<ImageFacts> {
  const { head, bytes } = await headOf(path)
  if (bytes === 0) throw new ImageError('empty')
  if (bytes > limits.bytes) throw tooMany('bytes', 'file', bytes, limits.bytes)
  const type = sniffImage(head)
  if (type === undefined) throw notAccepted(nameOf(head))
  // libvips calls every WebP that it cannot parse by the same name.
  if (type === 'webp' && 8 + head.readUInt32LE(4) > bytes) throw new ImageError('truncated')
  const facts = factsOf(type, bytes, await headerOf(path))
  const { frames, width, height } = facts
  const pixels = frames * width * height
  if (frames > limits.frames) throw tooMany('frames', 'animation', frames, limits.frames)
  const most = type === 'avif' ? limits.avifPixels : limits.pixels
  if (pixels > most) throw tooMany('pixels', 'picture', pixels, most)
  return facts
}

async function headOf(path: string): Promise<{ head: Buffer; bytes: number }> {
  await using file = await open(path)
  const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(headBytes), position: 0 })
  const { size } = await file.stat()
  return { head: buffer.subarray(0, bytesRead), bytes: size }
}

async function headerOf(path: string): Promise<Metadata> {
  try {
    // The limit is ours to apply, so that the refusal can name the figures.
    return await sharp(path, { limitInputPixels: false }).metadata()
  } catch (error) {
    throw failureOf(error)
  }
}

function factsOf(type: ImageType, bytes: number, header: Metadata): ImageFacts {
  const { autoOrient, pages = 1, hasAlpha, orientation = 1, depth, hasProfile } = header
  return {
    type,
    mediaType: mediaTypeOf(type),
    bytes,
    width: autoOrient.width,
    height: autoOrient.height,
    frames: pages,
    hasAlpha,
    turned: orientation > 1,
    deepProfile: depth === 'ushort' && hasProfile,
  }
}

const accepted = 'Pictures can be JPEG, PNG, WebP, AVIF or GIF.'

function notAccepted(name: string | undefined): ImageError {
  if (name === undefined)
    return new ImageError('not-an-image', { message: `This is not a picture. ${accepted}` })
  return new ImageError('unsupported-type', { message: `This is ${name}. ${accepted}` })
}

function tooMany(
  unit: 'bytes' | 'pixels' | 'frames',
  what: string,
  found: number,
  limit: number,
): ImageError {
  const figure = (value: number) => value.toLocaleString('en')
  const message = `The ${what} has ${figure(found)} ${unit}; at most ${figure(limit)} are accepted.`
  return new ImageError(`too-many-${unit}`, { message })
}
