import { account } from './account.ts'
import { accountability } from './accountability.ts'
import { blocking } from './blocking.ts'
import { company } from './company.ts'
import { downloads } from './downloads.ts'
import { inbox } from './inbox.ts'
import { interviewing } from './interviewing.ts'
import { mainJob } from './main-job.ts'
import { media } from './media.ts'
import { pages } from './pages.ts'
import { profile } from './profile.ts'
import { recording } from './recording.ts'
import { recruiting } from './recruiting.ts'
import { search } from './search.ts'
import type { Stage } from './stage.ts'

/** Every journey, by its name. Each has its own people, so that they may happen at the same time. */
export const journeys: Record<string, (stage: Stage) => Promise<unknown>> = {
  mainJob,
  account,
  company,
  profile,
  blocking,
  recruiting,
  interviewing,
  accountability,
  downloads,
  inbox,
  pages,
  search,
  media,
  recording,
}
