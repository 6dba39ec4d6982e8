import type { Database } from '@cenopie/platform-database'
import type { Outbox } from '@cenopie/platform-outbox'
import type { StepName } from '@cenopie/media-contract'
import type { FileRow } from '../data/file-row.ts'
import type { Findings, MadeObject } from '../data/steps.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { Staging } from '../uploads/staging.ts'
import type { VideoTools } from '../video/index.ts'
import type { Workshop } from './workshop.ts'

/** What steps work with. */
export interface Works {
  database: Database
  outbox: Outbox
  store: ObjectStore
  staging: Staging
  workshop: Workshop
  /** Undefined where ffmpeg is missing. */
  video: () => VideoTools | undefined
}

/** One run of one step. */
export interface StepRun {
  /** Of its own; gone afterwards. */
  folder: string
  signal: AbortSignal
  /** Whole percent, as often as it likes. */
  onProgress: (percent: number) => void
}

/** What a step found and made; it commits with the step. */
export interface StepResult {
  found?: Findings
  made?: MadeObject[]
  /** Steps that the file needs besides, known once it was inspected. */
  plan?: StepName[]
}

export type StepWork = (works: Works, file: FileRow, run: StepRun) => Promise<StepResult>

/** Everything made of a file lies below it. */
export const madePrefix = (fileId: string) => `files/${fileId}/`
