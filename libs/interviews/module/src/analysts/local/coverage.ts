import type { Sentence, Word } from './reading.ts'
import { concepts, rubricWords } from './lexicon.ts'
import { actions } from './measures.ts'

/** How much of one indicator an answer holds. */
export interface Coverage {
  readonly indicator: string
  /** 1: met, 0.5: in part, 0: not found. */
  readonly points: 0 | 0.5 | 1
  /** The sentence that holds most of it; absent when there is none. */
  readonly sentence?: Sentence
}

/**
 * Looks for an indicator's terms (its lemmas without function words and rubric words) in each sentence. A term is
 * found when the sentence has its lemma or stem, or a word that the lexicon gives as evidence of it, with the same
 * polarity: "never tested" is no test, and an indicator "does not blame" wants a negated "blame".
 * Met: at least two thirds of the terms in one sentence. In part: half of them in one sentence, or two thirds
 * over the whole answer.
 */
export function coverIndicator(
  indicator: string,
  words: readonly Word[],
  sentences: readonly Sentence[],
): Coverage {
  const terms = termsOf(words)
  if (terms.length === 0) return { indicator, points: 0 }
  const found = new Set<Word>()
  let best: { share: number; sentence?: Sentence } = { share: 0 }
  for (const sentence of sentences) {
    const here = terms.filter((term) => holds(sentence, term))
    for (const term of here) found.add(term)
    if (here.length / terms.length > best.share) best = { share: here.length / terms.length, sentence }
  }
  const { share, sentence } = best
  if (!sentence) return { indicator, points: 0 }
  const spread = found.size / terms.length
  const points = share >= 2 / 3 ? 1 : share >= 1 / 2 || spread >= 2 / 3 ? 0.5 : 0
  return points === 0 ? { indicator, points } : { indicator, points, sentence }
}

/** The words of an indicator that an answer should hold. All of them when each is a rubric word. */
function termsOf(words: readonly Word[]): Word[] {
  const content = words.filter((word) => !word.stop)
  const telling = content.filter((word) => !rubricWords.has(word.lemma))
  const terms = telling.length > 0 ? telling : content
  return [...new Map(terms.map((word) => [word.lemma, word])).values()]
}

function holds(sentence: Sentence, term: Word): boolean {
  const evidence = concepts.get(term.lemma)
  if (evidence?.has('I+') && !term.negated && actions([sentence]) > 0) return true
  return sentence.words.some(
    (word) =>
      word.negated === term.negated &&
      (word.lemma === term.lemma ||
        word.stem === term.stem ||
        evidence?.has(word.lemma) ||
        (evidence?.has('#') && word.tag === 'NUM')),
  )
}
