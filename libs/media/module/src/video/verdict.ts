import type { Ended, Limit } from '@cenopie/platform-programs'
import { VideoError, type VideoFailure } from './failure.ts'

/** What the tools print when the reason is not that the file is damaged. The first that fits decides. */
const printed: readonly (readonly [RegExp, VideoFailure])[] = [
  [/No space left on device|Disk quota exceeded|Read-only file system/, 'no-space'],
  [/File too large/, 'output-too-large'],
  [/^(nice|setpriv|prlimit): |error while loading shared libraries/m, 'tool-failed'],
  [/Unrecognized option|Option .+ not found|Unknown (encoder|muxer|input format)/i, 'tool-failed'],
  [/Cannot allocate memory|bad_alloc|malloc of size|Resource temporarily unavailable/, 'too-costly'],
  [/Number of streams exceeds/, 'too-many-streams'],
  [/Picture size .+ (is invalid|exceeds)/, 'too-many-pixels'],
  [/moov atom not found|: End of file$/m, 'truncated'],
  [/^\[\w+ @ \w+\] Codec \(\w+\) not on whitelist/m, 'unsupported-codec'],
]

/** Signals by which a program ends itself over bad input; any other was sent by somebody. */
const crashes: readonly string[] = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']

/** ffmpeg answers this when it was asked to end, after it has tidied up. */
const endedOnSignal = 255

const reached: Readonly<Record<Limit, VideoFailure>> = {
  time: 'timed-out',
  processor: 'too-costly',
  output: 'output-too-large',
}

/** Why a run that nobody called off did not end well; undefined when it did. */
export function failureOf({ limit, code, signal, log }: Ended): VideoError | undefined {
  if (limit) return new VideoError(reached[limit], { log })
  if (signal) return new VideoError(crashes.includes(signal) ? 'damaged' : 'interrupted', { log })
  return code === 0 ? undefined : new VideoError(byPrint(code, log), { log })
}

function byPrint(code: number | undefined, log: string): VideoFailure {
  return printedReason(log) ?? (code === endedOnSignal ? 'interrupted' : 'damaged')
}

export function printedReason(log: string): VideoFailure | undefined {
  return printed.find(([words]) => words.test(log))?.[1]
}
