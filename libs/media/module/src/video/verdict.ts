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

/** Why a run that nobody here stopped did not end well; undefined when it did. */
export function failureOf(ending: {
  readonly code: number | null
  readonly signal: string | null
  readonly log: string
}): VideoError | undefined {
  const { code, signal, log } = ending
  if (code === 0) return undefined
  return new VideoError(signal ? bySignal(signal) : byPrint(code, log), { log })
}

function bySignal(signal: string): VideoFailure {
  if (signal === 'SIGXCPU') return 'too-costly'
  if (signal === 'SIGXFSZ') return 'output-too-large'
  return crashes.includes(signal) ? 'damaged' : 'interrupted'
}

function byPrint(code: number | null, log: string): VideoFailure {
  return printedReason(log) ?? (code === endedOnSignal ? 'interrupted' : 'damaged')
}

export function printedReason(log: string): VideoFailure | undefined {
  return printed.find(([words]) => words.test(log))?.[1]
}
