import { clausesOf, type Part } from './clauses.ts'
import type { ItemSentence, ItemToken, ItsFunction, WinkMethods } from 'wink-nlp'

export interface Word {
  /** Lower case, as written. */
  readonly text: string
  readonly lemma: string
  readonly stem: string
  /** Universal part-of-speech tag: VERB, NOUN, PROPN, NUM, … */
  readonly tag: string
  /** Stands in the scope of "not", "never", "n't" and the like. */
  readonly negated: boolean
  /** A function word: "the", "of", "and". */
  readonly stop: boolean
}

/** One sentence, line, or clause of what was said without a full stop. `answer.slice(start, end)` is its text. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly words: readonly Word[]
}

/** Reads a text into sentences; pure once the model is loaded. */
export type Reader = (text: string) => Sentence[]

/** Loads the English model: about 300 ms and 60 MB, once per process and only when an answer is to be read. */
export async function loadReader(): Promise<Reader> {
  const [{ default: wink }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ])
  const nlp = wink(model, ['sbd', 'negation', 'pos'])
  return (text) =>
    read(nlp, text).flatMap((sentence) => {
      const clauses = clausesOf(sentence.text)
      return clauses.length === 1 ? [sentence] : clauses.flatMap((part) => readPart(nlp, sentence, part))
    })
}

/** Read by itself: what is negated in one clause is not in the next. */
function readPart(nlp: WinkMethods, { text, start }: Sentence, part: Part): Sentence[] {
  return read(nlp, text.slice(part.start, part.end)).map((clause) => ({
    ...clause,
    start: start + part.start + clause.start,
    end: start + part.start + clause.end,
  }))
}

function read(nlp: WinkMethods, text: string): Sentence[] {
  const sentences: Sentence[] = []
  let at = 0
  let open: { start: number; end: number; words: Word[] } | undefined
  const close = () => {
    if (open && open.words.length > 0) sentences.push({ ...open, text: text.slice(open.start, open.end) })
    open = undefined
  }
  nlp
    .readDoc(text)
    .sentences()
    .each((sentence: ItemSentence) => {
      sentence.tokens().each((token: ItemToken) => {
        const value = token.out()
        const start = Math.max(at, text.indexOf(value, at))
        at = start + value.length
        const kind = token.out(nlp.its.type)
        // A line break ends a sentence too: lists often have no full stops.
        if (kind === 'tabCRLF') return close()
        open ??= { start, end: at, words: [] }
        open.end = at
        if (kind === 'word' || kind === 'number') open.words.push(word(nlp, token))
      })
      close()
    })
  return sentences
}

function word(nlp: WinkMethods, token: ItemToken): Word {
  const { its } = nlp
  return {
    text: token.out().toLowerCase(),
    lemma: token.out(withAddons(its.lemma)).toLowerCase(),
    stem: token.out(withAddons(its.stem)).toLowerCase(),
    tag: String(token.out(its.pos)),
    negated: token.out(its.negationFlag) === true,
    stop: token.out(its.stopWordFlag) === true,
  }
}

/** wink-nlp calls lemma and stem with its addons, which its own type of `out` leaves out. */
function withAddons(its: WinkMethods['its']['lemma']): ItsFunction<string> {
  return its as unknown as ItsFunction<string>
}
