import { outbox } from '@cenopie/platform-outbox'
import { diskStore } from '../storage/disk-store.ts'
import type { Works } from '../tasks/step-context.ts'
import { workshopIn } from '../tasks/workshop.ts'
import { stagingIn } from '../uploads/staging.ts'
import type { Scene } from './scene.ts'

/** What the tasks of a scene work with, but for ffmpeg, to run one of them by hand. */
export function worksOf({ folder, platform }: Scene): Works {
  return {
    ...{ database: platform.database('media'), outbox, video: () => undefined },
    ...{ store: diskStore(folder), staging: stagingIn(folder), workshop: workshopIn(folder) },
  }
}
