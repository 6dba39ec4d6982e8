import type { Sentence, Word } from './reading.ts'
import { connectives, resultWords, situationWords, stateVerbs, vagueNouns } from './lexicon.ts'

/** What the whole answer shows beside the rubric; each share is 0–1. */
export interface Measures {
  readonly words: number
  readonly figures: number
  readonly names: number
  readonly actions: number
  readonly situation: boolean
  readonly result: boolean
  readonly specificity: number
  readonly structure: number
}

/**
 * Specificity = 0.3 × figures (2 are enough) + 0.3 × first-person actions (3) + 0.25 × distinct concrete nouns (12)
 * + 0.15 × names of things (2).
 * Structure = 0.2 × a situation + 0.3 × an action + 0.25 × a result + 0.15 × connectives (3 distinct)
 * + 0.1 × a readable mean sentence length (8–30 words).
 * The weights are a judgement, not a fit to data; the calibration spec holds what they must keep apart.
 */
export function measure(sentences: readonly Sentence[]): Measures {
  const words = sentences.flatMap((sentence) => sentence.words)
  const figures = words.filter((word) => word.tag === 'NUM').length
  const names = distinct(sentences.flatMap((sentence) => sentence.words.slice(1)).filter(isName))
  const nouns = distinct(words.filter((word) => word.tag === 'NOUN' && !vagueNouns.has(word.lemma)))
  const did = actions(sentences)
  const situation = words.some((word) => situationWords.has(word.lemma))
  const result = words.some((word) => resultWords.has(word.lemma) && !word.negated)
  const mean = words.length / Math.max(1, sentences.length)
  return {
    words: words.length,
    figures,
    names,
    actions: did,
    situation,
    result,
    specificity: 0.3 * upTo(2, figures) + 0.3 * upTo(3, did) + 0.25 * upTo(12, nouns) + 0.15 * upTo(2, names),
    structure:
      0.2 * Number(situation) +
      0.3 * upTo(1, did) +
      0.25 * Number(result) +
      0.15 * upTo(3, distinct(words.filter((word) => connectives.has(word.lemma)))) +
      0.1 * Number(mean >= 8 && mean <= 30),
  }
}

/** Actions told in the first person: "I" or "we", then within three words a verb that is neither negated nor a state. */
export function actions(sentences: readonly Sentence[]): number {
  return sentences.reduce(
    (sum, { words }) =>
      sum +
      words.filter(
        (word, at) =>
          word.tag === 'VERB' &&
          !word.negated &&
          !stateVerbs.has(word.lemma) &&
          words.slice(Math.max(0, at - 3), at).some(({ text }) => text === 'i' || text === 'we'),
      ).length,
    0,
  )
}

function isName(word: Word): boolean {
  return word.tag === 'PROPN' && !/^i\b/.test(word.text)
}

function distinct(words: readonly Word[]): number {
  return new Set(words.map((word) => word.lemma)).size
}

function upTo(enough: number, count: number): number {
  return Math.min(1, count / enough)
}
