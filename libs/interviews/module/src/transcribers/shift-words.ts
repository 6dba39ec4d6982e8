import type { Span, SpokenWord } from '../domain/transcript.ts'

/** Words heard in a chunk, with the recording's own times; none reaches out of its chunk. Milliseconds are enough. */
export function shiftWords(words: readonly SpokenWord[], chunk: Span): SpokenWord[] {
  const at = (seconds: number) =>
    Math.round(Math.min(chunk.end, Math.max(chunk.start, chunk.start + seconds)) * 1000) / 1000
  return words.map((word) => ({ ...word, start: at(word.start), end: at(word.end) }))
}
