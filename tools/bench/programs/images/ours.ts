/** The pipeline of media, with its own processes, limits and checks. */
import { imagePlans, makeImages } from '@cenopie/media/images'
import { answer } from './answer.ts'

answer(async ({ path, purpose }) => {
  const { variants } = await makeImages(path, imagePlans[purpose], async () => undefined)
  return variants
})
