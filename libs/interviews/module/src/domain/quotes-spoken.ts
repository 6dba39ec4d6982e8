import { verifyQuotes, type Quote } from './quotes.ts'
import { plainWord } from './transcript-word.ts'
import type { SpokenText } from './transcript.ts'

/** A quote of a transcript, and when in the recording it is said, in seconds. */
export interface SpokenQuote extends Quote {
  readonly startSeconds: number
  readonly endSeconds: number
}

/**
 * Keeps the quotes whose words were said in that order, with where they stand in the text and when they are said; all
 * others are dropped, as are repeats. First word by word without case and punctuation, because transcribers write
 * none and models add it; then as `verifyQuotes` finds them, widened to whole words, for languages that put no spaces
 * between words. What is returned is always the literal slice of the text.
 */
export function verifySpokenQuotes(
  spoken: SpokenText,
  quotes: readonly { readonly text: string }[],
): SpokenQuote[] {
  const found = new Map<string, SpokenQuote>()
  for (const quote of quotes) {
    const range = wordByWord(spoken, quote.text) ?? literal(spoken, quote)
    if (range) found.set(`${range.start}:${range.end}`, range)
  }
  return [...found.values()]
}

function wordByWord(spoken: SpokenText, text: string): SpokenQuote | undefined {
  const wanted = plainWords(text)
  if (wanted.length === 0) return undefined
  // One word of the transcript may hold several ("forty-two"), so both sides are compared in the same small pieces.
  const said = spoken.words.flatMap((word, at) => plainWords(word.text).map((piece) => ({ piece, at })))
  const start = said.findIndex((_, at) => wanted.every((piece, offset) => said[at + offset]?.piece === piece))
  const first = said[start]?.at
  const last = said[start + wanted.length - 1]?.at
  return first === undefined || last === undefined ? undefined : between(spoken, first, last)
}

function literal(spoken: SpokenText, quote: { readonly text: string }): SpokenQuote | undefined {
  const [range] = verifyQuotes(spoken.text, [quote])
  if (!range) return undefined
  const first = spoken.words.findIndex(({ to }) => to > range.start)
  const last = spoken.words.findLastIndex(({ from }) => from < range.end)
  return between(spoken, first, last)
}

function plainWords(text: string): string[] {
  return text
    .split(/[\s\p{Pd}]+/u)
    .map(plainWord)
    .filter((word) => word !== '')
}

function between({ text, words }: SpokenText, first: number, last: number): SpokenQuote | undefined {
  const from = words[first]
  const to = words[last]
  if (!from || !to || last < first) return undefined
  return {
    text: text.slice(from.from, to.to),
    start: from.from,
    end: to.to,
    startSeconds: from.start,
    endSeconds: Math.max(...words.slice(first, last + 1).map(({ end }) => end)),
  }
}
