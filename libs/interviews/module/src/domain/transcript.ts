import { isHesitation } from './speech-measures-fillers.ts'

/** A stretch of a recording, in seconds from its start; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** One word in the order spoken, with when it was said. */
export interface SpokenWord extends Span {
  /** As the engine writes it, with punctuation where the engine knows it; never empty, no white space around it. */
  readonly text: string
  /** 0–1, how sure the engine is; each adapter documents where it comes from. Absent where the engine says nothing. */
  readonly confidence?: number
}

export interface Transcript {
  /** BCP 47 tag. */
  readonly language: string
  /** Ordered by start. Sounds that are no words (breath, noise, silence) are not among them. */
  readonly words: readonly SpokenWord[]
  /** Of the whole, 0–1, longer words weighing more. Absent where the engine says nothing. */
  readonly confidence?: number
  readonly engine: string
  readonly engineVersion: string
}

/** A transcript as one text, and which word each part of it is. */
export interface SpokenText {
  readonly text: string
  /** `text.slice(from, to)` is the word's text, in UTF-16 code units. */
  readonly words: readonly (SpokenWord & { readonly from: number; readonly to: number })[]
}

/**
 * The text that is shown, scored and quoted: words one space apart, without sentences where the engine writes none.
 * Sounds of hesitation ("uh", "um") stay out: how fluently somebody speaks must not reach a score.
 */
export function spokenText({ words, language }: Pick<Transcript, 'words' | 'language'>): SpokenText {
  const placed: SpokenText['words'][number][] = []
  let text = ''
  for (const word of words) {
    if (isHesitation(word.text, language)) continue
    const from = text === '' ? 0 : text.length + 1
    text = text === '' ? word.text : `${text} ${word.text}`
    placed.push({ ...word, from, to: text.length })
  }
  return { text, words: placed }
}

/** Mean confidence weighted by the seconds that each word lasts; `undefined` when no word has one. */
export function meanConfidence(words: readonly SpokenWord[]): number | undefined {
  let seconds = 0
  let sum = 0
  for (const { start, end, confidence } of words) {
    if (confidence === undefined) continue
    // Engines give some words no length; they count a little all the same.
    const weight = Math.max(0.01, end - start)
    seconds += weight
    sum += weight * confidence
  }
  return seconds === 0 ? undefined : sum / seconds
}
