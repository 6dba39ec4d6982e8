/** The same variants by sharp alone, the file decoded for each of them. */
import sharp from 'sharp'
import { answer } from './answer.ts'
import { encodeAll, targetsOf } from './variants.ts'

answer(async ({ path, purpose }) => {
  const targets = targetsOf(purpose, (await sharp(path).metadata()).autoOrient)
  return encodeAll(purpose, targets, () => sharp(path, { autoOrient: true }))
})
