import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import {
  makeImages,
  type ImagePlan,
  type ImageVariant,
  type MadeImages,
  type MakingOptions,
} from '../index.ts'
import { sharp } from '../sharp.ts'

let folder = ''
let files = 0
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'cenopie-images-'))))
afterAll(() => rm(folder, { recursive: true }))

/** Writes an upload under a name that says nothing of what it is. */
export async function upload(bytes: Buffer | string): Promise<string> {
  files += 1
  const path = join(folder, `upload-${files}`)
  await writeFile(path, bytes)
  return path
}

export interface Made extends MadeImages {
  /** What the sink was given, by name. */
  files: Map<string, { bytes: Buffer; variant: ImageVariant }>
}

/** All that is made of a picture. */
export async function made(bytes: Buffer, plan: ImagePlan, options?: MakingOptions): Promise<Made> {
  const files: Made['files'] = new Map()
  const sink = async (name: string, bytes: Buffer, variant: ImageVariant) =>
    void files.set(name, { bytes, variant })
  return { ...(await makeImages(await upload(bytes), plan, sink, options)), files }
}

/** Soft shapes in many colours, as far as encoders care a photograph. */
export function photograph(width: number, height: number) {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const shapes = sharp({ create: { width: 16, height: 12, channels: 3, background: 'grey', noise } })
  return shapes.resize(width, height, { fit: 'fill', kernel: 'cubic' })
}

/** One colour all over. */
export function plain(colour: string, width = 96, height = 64) {
  return sharp({ create: { width, height, channels: 3, background: colour } })
}

/** Frames of one colour each. */
export function frames(colours: readonly string[], width = 120, height = 80) {
  const images = colours.map((background) => ({
    create: { width, height, channels: 4, background } as const,
  }))
  return Promise.all(images.map((image) => sharp(image).png().toBuffer())).then((all) =>
    sharp(all, { join: { animated: true } }),
  )
}

/** The channels of the pixel at a place, given as shares of width and height. */
export async function pixelAt(bytes: Buffer, across: number, down: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const at = (Math.floor(down * height) * width + Math.floor(across * width)) * channels
  return [...data.subarray(at, at + channels)]
}
