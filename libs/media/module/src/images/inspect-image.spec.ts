import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { imagePlans, imageTypes, inspectImage, type ImageLimits } from './index.ts'
import { frames, plain, photograph, upload } from './testing/pictures.ts'

const { limits } = imagePlans['post-image']
const inspect = async (bytes: Buffer | string, less: Partial<ImageLimits> = {}) =>
  inspectImage(await upload(bytes), { ...limits, ...less })

describe('what the header says', () => {
  test.each(imageTypes)('%s: type, size and frames', async (type) => {
    const bytes = await plain('teal', 120, 80)[type]().toBuffer()
    const facts = { type, mediaType: `image/${type}`, bytes: bytes.length, width: 120, height: 80, frames: 1 }
    expect(await inspect(bytes)).toMatchObject(facts)
  })

  test('the size is that of the upright picture', async () => {
    const sideways = await plain('teal', 120, 80).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await inspect(sideways)).toMatchObject({ width: 80, height: 120 })
  })

  test('frames of an animation', async () => {
    const animation = await (await frames(['red', 'lime', 'blue'])).gif().toBuffer()
    expect(await inspect(animation)).toMatchObject({ frames: 3, width: 120, height: 80 })
  })
})

describe('limits', () => {
  test('bytes', async () => {
    const bytes = await plain('teal').png().toBuffer()
    await expect(inspect(bytes, { bytes: bytes.length })).resolves.toBeDefined()
    await expect(inspect(bytes, { bytes: bytes.length - 1 })).rejects.toMatchObject({
      code: 'too-many-bytes',
    })
  })

  test('pixels of a bomb: a few bytes that claim 3.6 gigapixels', async () => {
    await expect(inspect(pngOf(60_000, 60_000))).rejects.toMatchObject({
      code: 'too-many-pixels',
      message: 'The picture has 3,600,000,000 pixels; at most 50,000,000 are accepted.',
      retryable: false,
    })
  })

  test('pixels count in every frame', async () => {
    const animation = await (await frames(['red', 'lime', 'blue'])).webp().toBuffer()
    await expect(inspect(animation, { pixels: 3 * 120 * 80 })).resolves.toBeDefined()
    await expect(inspect(animation, { pixels: 3 * 120 * 80 - 1 })).rejects.toMatchObject({
      code: 'too-many-pixels',
    })
  })

  test('pixels of AVIF, whose decoder needs more memory', async () => {
    const avif = await plain('teal', 100, 100).avif({ effort: 0 }).toBuffer()
    await expect(inspect(avif, { avifPixels: 9999 })).rejects.toMatchObject({ code: 'too-many-pixels' })
  })

  test('frames', async () => {
    const animation = await (await frames(['red', 'lime', 'blue'])).gif().toBuffer()
    await expect(inspect(animation, { frames: 2 })).rejects.toMatchObject({
      code: 'too-many-frames',
      message: 'The animation has 3 frames; at most 2 are accepted.',
    })
  })
})

describe('what is no picture', () => {
  test.each([
    ['', 'empty'],
    ['a letter of motivation', 'not-an-image'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>', 'unsupported-type'],
    ['<!doctype html>', 'unsupported-type'],
    ['%PDF-1.4', 'unsupported-type'],
    ['PK\x03\x04', 'unsupported-type'],
    ['GIF89a and no more', 'truncated'],
  ])('%j is refused: %s', async (bytes, code) => {
    await expect(inspect(bytes)).rejects.toMatchObject({ code, retryable: false })
  })

  test('the sentence says what was sent', async () => {
    await expect(inspect('%PDF-1.4')).rejects.toThrow(
      'This is a PDF. Pictures can be JPEG, PNG, WebP, AVIF or GIF.',
    )
  })

  test.each(imageTypes)('%s that ends in its header', async (type) => {
    const bytes = await photograph(100, 100)[type]().toBuffer()
    await expect(inspect(bytes.subarray(0, 40))).rejects.toMatchObject({
      code: expect.stringMatching(/^(truncated|damaged|not-an-image)$/),
    })
  })
})

/** A PNG of nothing but a header; RFC 2083. */
function pngOf(width: number, height: number): Buffer {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  return Buffer.concat([
    Buffer.from([0x89, ...Buffer.from('PNG\r\n'), 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([...size, 8, 2, 0, 0, 0])),
    chunk('IDAT', Buffer.alloc(16)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
