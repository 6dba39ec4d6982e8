import { stemmer } from 'stemmer'
import { synonyms } from './synonyms.ts'

/** How text becomes words. Raised with every change of it, so that indexes built the other way are built anew. */
export const analysis = 1

/** A word of a text: where it stands (UTF-16 units) and under which forms it is found. */
export interface Word {
  start: number
  end: number
  /** As written, in small letters and without accents. */
  plain: string
  stemmed: string
  /** What is compared: stemmed, synonyms made one. A dotted name has its parts beside it. */
  lexemes: string[]
}

/** Letters and digits; `.net`, `node.js`, `c++` and `c#` are one word each. */
const pattern = /(?:(?<![\p{L}\p{N}])\.)?[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:\.[\p{L}\p{N}\p{M}]+)*[+#]{0,2}/gu
/** PostgreSQL refuses lexemes from 2 KiB; no word is that long. */
const maxLength = 60

export const unaccented = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const stem = (word: string) => (/^[a-z]{4,}$/.test(word) ? stemmer(word) : word)
const known = synonyms(stem)
/** Text repeats its words: what was worked out for one is kept, up to so many. */
const remembered = 100_000
const analysed = new Map<string, Analysed>()

type Analysed = Pick<Word, 'plain' | 'stemmed' | 'lexemes'>

const lexemeOf = (word: string) => {
  const stemmed = stem(word)
  return known.words.get(stemmed) ?? known.words.get(word) ?? stemmed
}

/** The words of a text, in order. The same for documents and queries: nothing else decides what matches. */
export function words(text: string): Word[] {
  const found: Word[] = []
  for (const match of text.matchAll(pattern)) {
    const { index: start } = match
    const { plain, lexemes, stemmed } = analyse(match[0])
    if (plain !== '') found.push({ start, end: start + match[0].length, plain, lexemes, stemmed })
  }
  for (const [at, word] of found.entries()) addPhrase(found, at, word)
  return found
}

function analyse(written: string): Analysed {
  const before = analysed.get(written)
  if (before) return before
  if (analysed.size >= remembered) analysed.clear()
  const plain = unaccented(written).slice(0, maxLength)
  const analysis = { plain, lexemes: lexemesOf(plain), stemmed: stem(plain) }
  analysed.set(written, analysis)
  return analysis
}

function lexemesOf(plain: string): string[] {
  const parts = plain.split('.').filter((part) => part !== '')
  if (parts.length < 2) return [lexemeOf(plain)]
  return [lexemeOf(parts.join('')), ...parts.map(lexemeOf)]
}

/** `site reliability engineer` is found as `sre` too. */
function addPhrase(all: Word[], at: number, word: Word): void {
  const phrase = phraseAt(all, at, word)
  if (!phrase) return
  for (const part of all.slice(at, at + 1 + phrase.rest.length))
    part.lexemes = [...part.lexemes, phrase.stands]
}

/** The longest phrase that begins here and that one word stands for. */
function phraseAt(all: readonly Word[], at: number, { stemmed }: Word) {
  return known.phrases
    .get(stemmed)
    ?.find(({ rest }) => rest.every((next, step) => all[at + 1 + step]?.stemmed === next))
}

/** The words of what somebody searches for: a phrase that one word stands for becomes that word. */
export function queryWords(text: string): Word[] {
  const all = words(text)
  const folded: Word[] = []
  for (let at = 0; at < all.length; at += 1) {
    const word = all[at] as Word
    const phrase = phraseAt(all, at, word)
    if (!phrase) {
      folded.push({ ...word, lexemes: word.lexemes.slice(0, 1) })
      continue
    }
    const last = all[at + phrase.rest.length] as Word
    const plain = all
      .slice(at, at + 1 + phrase.rest.length)
      .map((part) => part.plain)
      .join(' ')
    folded.push({ start: word.start, end: last.end, plain, stemmed: plain, lexemes: [phrase.stands] })
    at += phrase.rest.length
  }
  return folded
}

/** Under what a value is filtered by: `Node.js` and `node js` are one skill. */
export function keyOf(value: string): string {
  const key = queryWords(value).map(({ lexemes }) => lexemes[0])
  return key.length > 0 ? key.join(' ') : unaccented(value).trim()
}
