import type { Span } from '../../domain/transcript.ts'
import { frameSeconds } from './levels.ts'

/**
 * Sound counts as voice down to 25 dB below the 99th percentile of the recording's own level. Source: de Jong & Wempe
 * (2009), "Praat script to detect syllable nuclei and measure speech rate automatically", Behavior Research Methods 41.
 */
const belowPeak = 25

/** But never below ffmpeg silencedetect's own default of what is silence, dBFS. */
const quietest = -60

/** And 6 dB over the quietest twentieth of the frames: the steady noise of a room is not voice. */
const aboveFloor = 6

/** Praat's defaults of "To TextGrid (silences)": shorter gaps and shorter sounds are none. */
const shortestGap = 0.1
const shortestSound = 0.1

/** Where in a recording somebody may be speaking, from its levels in dBFS per frame. Ordered, apart by 0.1 s or more. */
export function voicedSpans(levels: Float32Array): Span[] {
  if (levels.length === 0) return []
  const sorted = levels.toSorted()
  const peak = quantile(sorted, 0.99)
  const floor = quantile(sorted, 0.05)
  const least = Math.max(peak - belowPeak, quietest, floor + aboveFloor)
  const spans: { start: number; end: number }[] = []
  for (const [frame, level] of levels.entries()) {
    if (level < least) continue
    const start = seconds(frame)
    const end = seconds(frame + 1)
    const last = spans.at(-1)
    if (last && start - last.end < shortestGap) last.end = end
    else spans.push({ start, end })
  }
  return spans.filter(({ start, end }) => end - start >= shortestSound)
}

function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

/** Frames to seconds, without the noise that binary fractions leave. */
function seconds(frame: number): number {
  return Math.round(frame * frameSeconds * 1000) / 1000
}
