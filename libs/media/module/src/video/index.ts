export { VideoError, type VideoFailure } from './failure.ts'
export { contentLimits, effortLimits, type ContentLimits, type EffortLimits } from './limits.ts'
export type * from './types.ts'
