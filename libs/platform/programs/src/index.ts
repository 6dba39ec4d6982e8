export type { Command, Ended, Limit, ProgramLimits } from './command.ts'
export { findProgram, ProgramUnavailable, type Program } from './program.ts'
export { run } from './run.ts'
export { bytesBelow } from './usage.ts'
