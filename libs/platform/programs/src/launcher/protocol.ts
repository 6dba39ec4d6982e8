import type { Ended } from '../command.ts'
import type { Program } from '../program.ts'
import type { Order } from '../supervise.ts'

/** To the launcher, of the run that is meant. */
export type ToLauncher = { run: number } & (
  { kind: 'start'; program: Program; order: Order; reads: boolean } | { kind: 'stop' }
)

/** From the launcher: what the run printed, then how it ended. */
export type FromLauncher = { run: number } & (
  | { kind: 'printed'; chunk: Uint8Array }
  | { kind: 'ended'; ended: Ended }
  | { kind: 'stopped' }
  | { kind: 'unavailable'; path: string; message: string }
  | { kind: 'broken'; message: string }
)
