import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImagePurpose } from '@cenopie/media/images'
import sharp from 'sharp'

/** A picture as people upload it, and what for. */
export interface Upload {
  path: string
  purpose: ImagePurpose
}

/** Writes the pictures of the case: photographs of 12 megapixels that a phone took upright, a screenshot, a logo. */
export async function writePictures(folder: string): Promise<Upload[]> {
  const paths = {
    photograph: await written(folder, 'photograph.jpg', await photograph(4032, 3024)),
    screenshot: await written(folder, 'screenshot.png', await screenshot(1440, 900)),
    logo: await written(folder, 'logo.png', await logo(1024)),
  }
  return [
    { path: paths.photograph, purpose: 'avatar' },
    { path: paths.photograph, purpose: 'cover' },
    { path: paths.photograph, purpose: 'post-image' },
    { path: paths.photograph, purpose: 'avatar' },
    { path: paths.screenshot, purpose: 'post-image' },
    { path: paths.logo, purpose: 'logo' },
  ]
}

async function written(folder: string, name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

const noise = (sigma: number) => ({ type: 'gaussian', mean: 128, sigma }) as const
const noisy = (width: number, height: number, sigma: number) =>
  sharp({ create: { width, height, channels: 3, background: 'grey', noise: noise(sigma) } })

/** Large shapes, smaller ones and the grain of a sensor: 3 MB as JPEG of quality 88, as phones write it. */
async function photograph(width: number, height: number): Promise<Buffer> {
  const shapes = (across: number, sigma: number) =>
    noisy(across, Math.round((across * 3) / 4), sigma)
      .resize(width, height, { kernel: 'cubic' })
      .png()
      .toBuffer()
  const [middling, grain] = await Promise.all([shapes(400, 60), noisy(width, height, 12).png().toBuffer()])
  return sharp(await shapes(40, 60))
    .composite([
      { input: middling, blend: 'soft-light' },
      { input: grain, blend: 'soft-light' },
    ])
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 88 })
    .toBuffer()
}

/** Sharp edges on plain ground. */
function screenshot(width: number, height: number): Promise<Buffer> {
  const letters = Array.from({ length: 1200 }, (_, at) => ({
    input: { create: { width: 3 + (at % 7), height: 9, channels: 3, background: '#223' } } as const,
    left: 20 + ((at * 13) % (width - 40)),
    top: 20 + 16 * Math.floor((at * 13) / (width - 40)),
  }))
  return sharp({ create: { width, height, channels: 3, background: '#fafafa' } })
    .composite(letters)
    .png()
    .toBuffer()
}

/** Colour on transparent ground. */
function logo(side: number): Promise<Buffer> {
  const bar = (at: number, background: string) => ({
    input: { create: { width: side / 2, height: side / 8, channels: 4, background } } as const,
    left: side / 4 - at * 20,
    top: side / 4 + at * Math.round(side / 6),
  })
  return sharp({ create: { width: side, height: side, channels: 4, background: '#0000' } })
    .composite([bar(0, '#c33a'), bar(1, '#36cc'), bar(2, '#2a4f')])
    .png()
    .toBuffer()
}
