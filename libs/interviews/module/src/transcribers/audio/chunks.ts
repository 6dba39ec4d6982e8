import type { Span } from '../../domain/transcript.ts'
import { frameSeconds } from './levels.ts'

/** Silence kept around each chunk: recognisers lose words that begin with the file. */
const padding = 0.3

/** A stretch without any pause is cut in its last third, where it is quietest. */
const searched = 1 / 3

/**
 * Cuts a recording into chunks of at most `longest` seconds, between which nobody speaks where that is possible.
 * Silence that no chunk needs is in none of them. Ordered; chunks may share their padding but no voice.
 */
export function planChunks(
  voiced: readonly Span[],
  levels: Float32Array,
  seconds: number,
  longest: number,
): Span[] {
  const room = longest - 2 * padding
  const chunks: { start: number; end: number }[] = []
  for (const span of voiced.flatMap((whole) => cut(whole, levels, room))) {
    const last = chunks.at(-1)
    if (last && span.end - last.start <= room) last.end = span.end
    else chunks.push({ ...span })
  }
  return chunks.map(({ start, end }, at) => {
    // Padding goes at most half way into the gap to the neighbour, so that no word is heard twice.
    const before = chunks[at - 1]?.end ?? 0
    const after = chunks[at + 1]?.start ?? seconds
    const first = at === 0 ? before : (before + start) / 2
    const last = at === chunks.length - 1 ? after : (end + after) / 2
    return { start: Math.max(first, start - padding), end: Math.min(last, end + padding) }
  })
}

function cut({ start, end }: Span, levels: Float32Array, longest: number): Span[] {
  const pieces: Span[] = []
  while (end - start > longest) {
    const at = quietestFrame(levels, start + longest * (1 - searched), start + longest) * frameSeconds
    pieces.push({ start, end: at })
    start = at
  }
  return [...pieces, { start, end }]
}

function quietestFrame(levels: Float32Array, from: number, to: number): number {
  const first = Math.ceil(from / frameSeconds)
  let quietest = first
  for (let frame = first; frame < Math.floor(to / frameSeconds); frame++) {
    if ((levels[frame] ?? 0) < (levels[quietest] ?? 0)) quietest = frame
  }
  return quietest
}
