import type { Servers } from './servers.ts'

/** One comparison. A file of `cases/` exports one as default; its name is the file's. */
export interface BenchCase {
  /** What is compared with what, in one line. */
  about: string
  unit: 'requests/s' | 'entries/s' | 'calls/s' | 'images/s' | 'MB/s' | 'µs' | 'ms' | 's' | 'MB'
  /** Whether more or less of the unit is better. */
  better: 'more' | 'less'
  /** Least ratio that holds; a ratio above 1 means that ours is the better one. */
  target: number
  /** Times that both sides run unmeasured before the rounds; default 1. */
  warmUps?: number
  /** Starts what the rounds need, on servers of the case's own. */
  prepare(servers: Servers): Promise<Contest>
}

/** Both sides, ready to run in turns. Each run resolves to a figure in the case's unit. */
export interface Contest {
  ours(): Promise<number>
  baseline(): Promise<number>
  close(): Promise<void>
}
