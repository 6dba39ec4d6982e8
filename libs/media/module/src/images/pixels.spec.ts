import { describe, expect, test } from 'vitest'
import { imagePlans } from './index.ts'
import { sharp } from './sharp.ts'
import { made, pixelAt, plain } from './testing/pictures.ts'

const stills = [
  ['avif', 'cover-640.avif'],
  ['webp', 'cover-640.webp'],
  ['jpeg', 'cover-640.jpeg'],
] as const

/** Encoders may shift a channel by this much. */
const near = 6
async function expectColour(original: Buffer, expected: readonly number[], tolerance = near): Promise<void> {
  const { files } = await made(original, imagePlans.cover)
  for (const [, name] of stills) {
    const colour = await pixelAt(files.get(name)!.bytes, 0.5, 0.5)
    const off = Math.max(...expected.map((channel, at) => Math.abs(channel - (colour[at] ?? NaN))))
    expect({ name, colour, near: off <= tolerance }).toEqual({ name, colour, near: true })
  }
}

describe('colours are those of the original, as sRGB', () => {
  const rust = [200, 60, 30] as const
  const patch = () => plain(`rgb(${rust.join(',')})`)

  test('sRGB', async () => expectColour(await patch().jpeg({ quality: 100 }).toBuffer(), rust))

  test('Display P3, whose numbers mean other colours', async () => {
    const p3 = await patch().withIccProfile('p3').png().toBuffer()
    expect((await sharp(p3, { ignoreIcc: true }).raw().toBuffer())[0]).toBe(185)
    await expectColour(p3, rust)
  })

  test('16 bits a channel', async () => {
    const deep = await patch().toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    await expectColour(deep, rust)
  })

  test.each(['p3', 'srgb'])('16 bits a channel with the profile %s', async (profile) => {
    const deep = await patch().toColourspace('rgb16').withIccProfile(profile).png().toBuffer()
    expect(await sharp(deep).metadata()).toMatchObject({ depth: 'ushort', hasProfile: true })
    await expectColour(deep, rust)
  })

  test('CMYK, which holds fewer colours', async () => {
    const cmyk = await patch().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer()
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk')
    await expectColour(cmyk, rust, 12)
  })

  test('CMYK without a profile is still a picture', async () => {
    const cmyk = await patch().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
    await expectColour(cmyk, rust, 36)
  })

  test('grey', async () => {
    const grey = await plain('rgb(119, 119, 119)').toColourspace('b-w').jpeg().toBuffer()
    expect((await sharp(grey).metadata()).channels).toBe(1)
    await expectColour(grey, [119, 119, 119])
  })
})

describe('every picture comes out upright', () => {
  const [width, height] = [60, 40]
  const quadrants = { topLeft: 'red', topRight: 'lime', bottomLeft: 'blue', bottomRight: 'white' }
  const seen = (colour: readonly number[]) =>
    ({ '100': 'red', '010': 'lime', '001': 'blue', '111': 'white' })[
      colour
        .slice(0, 3)
        .map((channel) => (channel > 127 ? 1 : 0))
        .join('')
    ]

  /** Where row and column of the stored pixels lie in the upright picture; Exif 2.32, 4.6.4, tag 274. */
  const upright: Record<number, (row: number, column: number) => [row: number, column: number]> = {
    1: (row, column) => [row, column],
    2: (row, column) => [row, width - 1 - column],
    3: (row, column) => [height - 1 - row, width - 1 - column],
    4: (row, column) => [height - 1 - row, column],
    5: (row, column) => [column, row],
    6: (row, column) => [column, width - 1 - row],
    7: (row, column) => [height - 1 - column, width - 1 - row],
    8: (row, column) => [height - 1 - column, row],
  }

  function stored(orientation: number) {
    const sideways = orientation > 4
    const [rows, columns] = sideways ? [width, height] : [height, width]
    const pixels = Buffer.alloc(rows * columns * 3)
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const [down, across] = upright[orientation]!(row, column)
        const colour =
          down < height / 2
            ? across < width / 2
              ? [255, 0, 0]
              : [0, 255, 0]
            : across < width / 2
              ? [0, 0, 255]
              : [255, 255, 255]
        pixels.set(colour, (row * columns + column) * 3)
      }
    }
    return sharp(pixels, { raw: { width: columns, height: rows, channels: 3 } }).withMetadata({ orientation })
  }

  const cases = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((orientation) =>
    (['jpeg', 'png', 'webp'] as const).map((type) => [orientation, type] as const),
  )
  test.each(cases)('orientation %i in %s', async (orientation, type) => {
    const original = await stored(orientation)[type]().toBuffer()
    expect((await sharp(original).metadata()).orientation ?? 1).toBe(orientation)
    const { files, source } = await made(original, imagePlans['post-image'])
    expect([source.width, source.height]).toEqual([width, height])
    for (const { bytes, variant } of files.values()) {
      expect([variant.width, variant.height]).toEqual([width, height])
      expect({
        topLeft: seen(await pixelAt(bytes, 0.25, 0.25)),
        topRight: seen(await pixelAt(bytes, 0.75, 0.25)),
        bottomLeft: seen(await pixelAt(bytes, 0.25, 0.75)),
        bottomRight: seen(await pixelAt(bytes, 0.75, 0.75)),
      }).toEqual(quadrants)
    }
  })
})
