import { readFile } from 'node:fs/promises'
import { isBlurhashValid, decode } from 'blurhash'
import { describe, expect, test } from 'vitest'
import { imagePlans, makeImages } from './index.ts'
import { sharp } from './sharp.ts'
import { frames, made, photograph, pixelAt, plain, upload } from './testing/pictures.ts'

const names = (purpose: string, sizes: number[], formats: string[]) =>
  sizes.flatMap((size) => formats.map((format) => `${purpose}-${size}.${format}`)).sort()
const sizesOf = ({ files }: Awaited<ReturnType<typeof made>>, ending: string) =>
  Object.fromEntries(
    [...files.values()]
      .filter(({ variant }) => variant.name.endsWith(ending))
      .map(({ variant: { name, width, height } }) => [name, [width, height]]),
  )
const photo = await photograph(2400, 1800).jpeg().toBuffer()

describe('the variants of a purpose', () => {
  test.each([
    ['avatar', [64, 128, 256, 512], ['avif', 'webp', 'jpeg']],
    ['cover', [640, 1280, 1920], ['avif', 'webp', 'jpeg']],
    ['logo', [64, 128, 256], ['avif', 'webp', 'png']],
    ['post-image', [480, 960, 1600], ['avif', 'webp', 'jpeg']],
  ] as const)('%s', async (purpose, sizes, formats) => {
    const { files, variants, version } = await made(photo, imagePlans[purpose])
    expect([...files.keys()].sort()).toEqual(names(purpose, [...sizes], [...formats]))
    expect(version).toBe(imagePlans[purpose].version)
    expect(variants.map(({ name }) => name).sort()).toEqual([...files.keys()].sort())
  })

  test('the file holds what its record says', async () => {
    const { files } = await made(photo, imagePlans.cover)
    for (const { bytes, variant } of files.values()) {
      const { format, width, height } = await sharp(bytes).metadata()
      const mediaType = format === 'heif' ? 'image/avif' : `image/${format}`
      expect(variant).toMatchObject({ mediaType, width, height, bytes: bytes.length, animated: false })
    }
  })

  test('an avatar is the square in the middle', async () => {
    const flag = await sharp({
      create: { width: 900, height: 300, channels: 3, background: 'blue' },
    })
      .composite([{ input: { create: { width: 300, height: 300, channels: 3, background: 'red' } } }])
      .png()
      .toBuffer()
    const avatar = (await made(flag, imagePlans.avatar)).files.get('avatar-64.jpeg')!.bytes
    for (const across of [0.05, 0.5, 0.95]) {
      const [red = 0, , blue = 0] = await pixelAt(avatar, across, 0.5)
      expect(red).toBeGreaterThan(240)
      expect(blue).toBeLessThan(16)
    }
  })

  test('nothing is enlarged: the own width stands in for the next size, and the rest is left out', async () => {
    const wide = await photograph(700, 350).jpeg().toBuffer()
    expect(sizesOf(await made(wide, imagePlans['post-image']), '.jpeg')).toEqual({
      'post-image-480.jpeg': [480, 240],
      'post-image-960.jpeg': [700, 350],
    })
    expect(sizesOf(await made(wide, imagePlans.avatar), '.webp')).toEqual({
      'avatar-64.webp': [64, 64],
      'avatar-128.webp': [128, 128],
      'avatar-256.webp': [256, 256],
      'avatar-512.webp': [350, 350],
    })
  })

  test('one pixel is a picture', async () => {
    const dot = await plain('teal', 1, 1).png().toBuffer()
    expect(sizesOf(await made(dot, imagePlans.logo), '')).toEqual({
      'logo-64.avif': [1, 1],
      'logo-64.webp': [1, 1],
      'logo-64.png': [1, 1],
    })
  })

  test('a tall picture stays within twice its width', async () => {
    const tower = await plain('teal', 200, 9000).png().toBuffer()
    expect(sizesOf(await made(tower, imagePlans['post-image']), '.avif')).toEqual({
      'post-image-480.avif': [21, 960],
      'post-image-960.avif': [43, 1920],
      'post-image-1600.avif': [71, 3200],
    })
  })

  test('making them again makes the same', async () => {
    const [once, again] = [await made(photo, imagePlans.avatar), await made(photo, imagePlans.avatar)]
    expect(new Set(again.variants)).toEqual(new Set(once.variants))
    for (const [name, { bytes }] of once.files) expect(again.files.get(name)?.bytes.equals(bytes)).toBe(true)
  })
})

test('a logo keeps its transparency, and a photograph gets a white ground as JPEG', async () => {
  const circle = Buffer.from(
    await sharp({ create: { width: 300, height: 300, channels: 4, background: '#0000' } })
      .composite([{ input: { create: { width: 100, height: 100, channels: 4, background: 'navy' } } }])
      .png()
      .toBuffer(),
  )
  for (const { bytes } of (await made(circle, imagePlans.logo)).files.values()) {
    expect((await pixelAt(bytes, 0.02, 0.02))[3]).toBe(0)
    expect((await pixelAt(bytes, 0.5, 0.5))[3]).toBe(255)
  }
  const { files } = await made(circle, imagePlans.cover)
  const corner = await pixelAt(files.get('cover-640.jpeg')!.bytes, 0.02, 0.02)
  expect(corner.every((channel) => channel > 250)).toBe(true)
})

test('the blurhash shows the picture', async () => {
  const half = await plain('blue', 300, 200)
    .composite([
      { input: { create: { width: 150, height: 200, channels: 3, background: 'red' } }, left: 0, top: 0 },
    ])
    .jpeg()
    .toBuffer()
  const { blurhash } = await made(half, imagePlans.cover)
  expect(isBlurhashValid(blurhash)).toEqual({ result: true })
  const row = decode(blurhash, 8, 1)
  const channels = (column: number) => ({ red: row[column * 4]!, blue: row[column * 4 + 2]! })
  const [left, right] = [channels(1), channels(6)]
  expect(left.red).toBeGreaterThan(left.blue)
  expect(right.blue).toBeGreaterThan(right.red)
})

describe('an animation', () => {
  const colours = ['red', 'lime', 'blue']
  test.each(['gif', 'webp'] as const)(
    'from %s: an animated WebP and stills of its first frame',
    async (type) => {
      const animation = (await frames(colours))[type]({ delay: [100, 200, 300], loop: 2 })
      const { files, source } = await made(await animation.toBuffer(), imagePlans['post-image'])
      expect(source.frames).toBe(3)
      expect([...files.keys()].sort()).toEqual(
        [...names('post-image', [480], ['avif', 'webp', 'jpeg']), 'post-image-960-animated.webp'].sort(),
      )
      const { bytes, variant } = files.get('post-image-960-animated.webp')!
      expect(variant).toMatchObject({ animated: true, format: 'webp', width: 120, height: 80 })
      expect(await sharp(bytes).metadata()).toMatchObject({ pages: 3, delay: [100, 200, 300], loop: 2 })
      const still = files.get('post-image-480.webp')!.bytes
      const { pages = 1 } = await sharp(still).metadata()
      expect(pages).toBe(1)
      const [red = 0, green = 0, blue = 0] = await pixelAt(still, 0.5, 0.5)
      expect([red > 240, green < 16, blue < 16]).toEqual([true, true, true])
    },
  )

  test('is scaled to its size', async () => {
    const animation = await (await frames(colours, 1200, 600)).gif().toBuffer()
    const { files } = await made(animation, imagePlans['post-image'])
    const { bytes } = files.get('post-image-960-animated.webp')!
    expect(await sharp(bytes).metadata()).toMatchObject({ pages: 3, width: 960, height: 480 })
  })

  test('stands still as an avatar', async () => {
    const animation = await (await frames(colours)).gif().toBuffer()
    const { variants } = await made(animation, imagePlans.avatar)
    expect(variants.filter(({ animated }) => animated)).toEqual([])
  })

  test('beyond the limit of frames is refused', async () => {
    const animation = await (await frames(colours)).gif().toBuffer()
    const plan = imagePlans['post-image']
    await expect(made(animation, { ...plan, limits: { ...plan.limits, frames: 2 } })).rejects.toMatchObject({
      code: 'too-many-frames',
    })
  })
})

test('each variant is taken before the next but one is made, and what the sink throws ends the work', async () => {
  const path = await upload(photo)
  let [atOnce, most, calls] = [0, 0, 0]
  const sink = async () => {
    calls += 1
    most = Math.max(most, (atOnce += 1))
    await readFile(path)
    atOnce -= 1
    if (calls === 3) throw new Error('the store is full')
  }
  await expect(makeImages(path, imagePlans.cover, sink)).rejects.toThrow('the store is full')
  expect(calls).toBeLessThan(6)
  expect(most).toBeLessThanOrEqual(2)
})
