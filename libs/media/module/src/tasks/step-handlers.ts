import type { StepName } from '@cenopie/media-contract'
import type { TaskHandler } from '@cenopie/platform-outbox'
import { inspectFile } from './inspect-file.ts'
import { makeImageVariants } from './make-images.ts'
import { stepHandler } from './run-step.ts'
import type { StepWork, Works } from './step-context.ts'
import type { Patience, StepTask } from './step-tasks.ts'
import { storeFile } from './store-file.ts'
import { makePoster, makeSpeech, makeStream, transcode } from './video-steps.ts'

const work: Readonly<Record<StepName, StepWork>> = {
  store: storeFile,
  inspect: inspectFile,
  images: makeImageVariants,
  transcode,
  poster: makePoster,
  stream: makeStream,
  speech: makeSpeech,
}

export function stepHandlers(works: Works, patience: Patience): TaskHandler<StepTask>[] {
  return (Object.keys(work) as StepName[]).map((step) => stepHandler(works, step, work[step], patience))
}
