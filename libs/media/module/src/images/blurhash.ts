import { encode } from 'blurhash'
import type { Pixels } from './pixels.ts'
import { sharp } from './sharp.ts'

/** Of the thumbnail that is averaged: more shows no difference in four by three waves. */
const longest = 32

/** https://blurha.sh, with more waves along the longer side. */
export async function blurhashOf({ data, raw }: Pixels): Promise<string> {
  const thumbnail = await sharp(data, { raw })
    .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = thumbnail.info
  const [across, down] = raw.width >= raw.height ? [4, 3] : [3, 4]
  return encode(new Uint8ClampedArray(thumbnail.data), width, height, across, down)
}
