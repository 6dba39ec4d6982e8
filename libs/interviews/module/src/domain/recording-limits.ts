import type { RecordedMode } from '@cenopie/interviews-contract'

/** A browser stops a little late, and its container has more than the frames counted. */
const toleranceSeconds = 5
/** More than any browser records by itself: 8 Mbit/s with a picture, 1 Mbit/s without. */
const bytesPerSecond: Record<RecordedMode, number> = { video: 1_000_000, audio: 125_000 }
const leastBytes = 1_000_000

/** What media may take for a recording of so many seconds. */
export function recordingLimits(
  mode: RecordedMode,
  seconds: number,
): { maxSeconds: number; maxBytes: number } {
  const maxSeconds = seconds + toleranceSeconds
  return { maxSeconds, maxBytes: leastBytes + maxSeconds * bytesPerSecond[mode] }
}
