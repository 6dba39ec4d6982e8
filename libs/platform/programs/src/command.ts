import type { FileHandle } from 'node:fs/promises'

/** What one run may take. */
export interface ProgramLimits {
  /** Of the wall clock. */
  readonly wallSeconds: number
  /** Of processor time, over all threads. */
  readonly cpuSeconds: number
  /** Of address space, which counts shared libraries and mapped files too. */
  readonly memoryBytes: number
  /** Of each file it writes, and of all below `writes` together. */
  readonly outputBytes: number
}

export interface Command {
  readonly args: readonly string[]
  readonly limits: ProgramLimits
  readonly signal?: AbortSignal | undefined
  /** Standard input, which the child can open again as `/dev/stdin`; else it has none. */
  readonly input?: FileHandle | undefined
  /** Standard output goes here. */
  readonly output?: FileHandle | undefined
  /** Takes the standard output as fast as it can; what it throws ends the run and rejects it. */
  readonly read?: ((chunk: Buffer) => void) | undefined
  /** Of the end of standard error so many characters are kept; without it all of it is thrown away. */
  readonly logCharacters?: number | undefined
  /** Working folder, for outputs that name their parts relative to it; else there is none. */
  readonly folder?: string | undefined
  /** The file or folder that the run writes. */
  readonly writes?: string | undefined
}

export type Limit = 'time' | 'processor' | 'output'

/** How a run ended that nobody called off. */
export interface Ended {
  /** The limit at which it was stopped, by this process or by the kernel. */
  readonly limit?: Limit | undefined
  /** Exit code; `undefined` when it was killed. */
  readonly code: number | undefined
  /** What killed it. */
  readonly signal?: NodeJS.Signals | undefined
  /** The end of its standard error, as far as it was asked for. */
  readonly log: string
}
