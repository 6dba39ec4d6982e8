import { describe, expect, test } from 'vitest'
import { ImageError, imagePlans, imageTypes, makeImages, type ImagePlan } from './index.ts'
import { endlessScans } from './testing/endless-scans.ts'
import { mutated, seeded } from './testing/mutations.ts'
import { frames, made, photograph, upload } from './testing/pictures.ts'

/** Few and small variants: it is the decoders that are tried. */
const plan: ImagePlan = { ...imagePlans['post-image'], sizes: [48], formats: ['jpeg'], animatedSize: 48 }

const sound = await Promise.all([
  photograph(96, 64).jpeg().toBuffer(),
  photograph(96, 64).jpeg({ progressive: true }).toBuffer(),
  photograph(96, 64).png().toBuffer(),
  photograph(96, 64).png({ palette: true, progressive: true }).toBuffer(),
  photograph(96, 64).webp().toBuffer(),
  photograph(96, 64).webp({ lossless: true }).toBuffer(),
  photograph(96, 64).avif({ effort: 0 }).toBuffer(),
  frames(['red', 'lime', 'blue'], 96, 64).then((animation) => animation.gif().toBuffer()),
  frames(['red', 'lime', 'blue'], 96, 64).then((animation) => animation.webp().toBuffer()),
])

test(
  '500 hostile files in a row: each is made or refused, and no process breaks down',
  { timeout: 120_000 },
  async () => {
    const random = seeded(4)
    const outcomes = new Map<string, number>()
    for (let file = 0; file < 500; file += 1) {
      const hostile = mutated(sound[file % sound.length]!, random)
      const outcome = await made(hostile, plan).then(
        () => 'made',
        (error: unknown) => {
          if (!(error instanceof ImageError) || error.retryable) throw error
          return error.code
        },
      )
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    // The mutations reach all that can be wrong with a picture, and spare some.
    expect([...outcomes.keys()].sort()).toEqual(expect.arrayContaining(['damaged', 'made', 'truncated']))
    expect((await made(sound[0]!, plan)).variants).toHaveLength(1)
  },
)

test.each(imageTypes)('a %s whose second half is missing is refused', async (type) => {
  const whole = await photograph(200, 130)[type]().toBuffer()
  await expect(made(whole.subarray(0, whole.length / 2), plan)).rejects.toMatchObject({
    code: 'truncated',
    message: expect.stringMatching(/^The picture is incomplete/),
    retryable: false,
  })
})

describe('a file that keeps its decoder busy', () => {
  const bomb = endlessScans(7000, 7000)

  test('is given up when its time is over, and the next picture is made', async () => {
    await expect(made(await bomb, plan, { seconds: 1 })).rejects.toMatchObject({ code: 'timed-out' })
    expect((await made(sound[0]!, plan)).variants).toHaveLength(1)
  })

  test('is given up when the work is called off', async () => {
    const controller = new AbortController()
    const path = await upload(await bomb)
    const making = makeImages(path, plan, async () => undefined, { signal: controller.signal })
    controller.abort(new Error('the process is stopping'))
    await expect(making).rejects.toThrow('the process is stopping')
  })
})
