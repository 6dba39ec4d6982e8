/** The same variants by sharp alone: decoded once to the pixels of the largest, the others resized from those. */
import sharp from 'sharp'
import { answer } from './answer.ts'
import { encodeAll, targetsOf } from './variants.ts'

answer(async ({ path, purpose }) => {
  const targets = targetsOf(purpose, (await sharp(path).metadata()).autoOrient)
  const decoded = sharp(path, { autoOrient: true }).resize(targets.at(-1)!)
  const { data, info } = await decoded.raw().toBuffer({ resolveWithObject: true })
  return encodeAll(purpose, targets, () => sharp(data, { raw: info }))
})
