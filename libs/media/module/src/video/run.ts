import { ProgramUnavailable, run as runProgram, type Command } from '@cenopie/platform-programs'
import { VideoError } from './failure.ts'
import type { EffortLimits } from './limits.ts'
import type { Programs } from './programs.ts'
import { failureOf } from './verdict.ts'

export interface ToolRun extends Pick<Command, 'args' | 'signal' | 'read' | 'folder' | 'writes'> {
  readonly program: keyof Programs
  readonly wallSeconds: number
  readonly limits: EffortLimits
}

/** Of the tool's own words, as many are kept for the log. */
const logCharacters = 8192

/**
 * Runs ffmpeg or ffprobe to its end within limits. Resolves to what it wrote to standard error; rejects with
 * `VideoError`, with what `read` throws, or with the signal's reason.
 */
export async function run(
  programs: Programs,
  { program, args, wallSeconds, limits, ...given }: ToolRun,
): Promise<string> {
  const { cpuSeconds, memoryBytes, outputBytes } = limits
  const quiet = ['-hide_banner', '-v', 'error', ...(program === 'ffmpeg' ? ['-nostdin', '-y'] : [])]
  const ended = await runProgram(programs[program], {
    ...given,
    ...{ args: [...quiet, ...args], logCharacters },
    limits: { wallSeconds, cpuSeconds, memoryBytes, outputBytes },
  }).catch((error: unknown) => {
    throw error instanceof ProgramUnavailable ? unavailable(error) : error
  })
  const failure = failureOf(ended)
  if (failure) throw failure
  return ended.log
}

function unavailable(cause: ProgramUnavailable): VideoError {
  return new VideoError('tool-failed', { cause, log: cause.message })
}
