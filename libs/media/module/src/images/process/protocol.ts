import type { ImageFailure } from '../failure.ts'
import type { ImageVariant, MadeImages } from '../image.ts'
import type { ImagePlan } from '../plan.ts'

/** To the process: one picture at a time, and an answer to each variant. */
export type ToProcess = { kind: 'make'; path: string; plan: ImagePlan } | { kind: 'taken'; name: string }

/** From the process: variants, then one of the others. */
export type FromProcess =
  | { kind: 'variant'; variant: ImageVariant; bytes: Uint8Array }
  | { kind: 'made'; made: MadeImages }
  | { kind: 'refused'; code: ImageFailure; message: string }
  | { kind: 'broken'; message: string }
