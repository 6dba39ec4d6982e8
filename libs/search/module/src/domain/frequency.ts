import { allOf, anyOf, type Filter } from './matching.ts'
import { marks, quoted } from './document.ts'
import type { Query } from './query.ts'

/** Documents of a scope, and how many of them have each frequent lexeme; others are rare. */
export interface Statistics {
  total: number
  docs: ReadonlyMap<string, number>
}

/** What documents must match over marked lexemes, and the list of one of these, in the order of rank. */
export interface Walk {
  driver: string
  query: string
  /** Too few on the list match: the index of words finds them faster. */
  sparse: boolean
}

/** How frequent words are searched: list by list, only as far as needed. */
export interface Walks {
  title: Walk
  keyword: Walk
  /** Of documents that match in their text alone. */
  elsewhere: { marked: string; anywhere: string }
}

/** From so many matches on, walking a list until there are enough is cheaper than looking at all of them. */
const many = 1500

/**
 * How to search for words that very many documents have; undefined where looking at all matches is cheaper, and for
 * phrases, alternatives and exclusions.
 */
export function walks(query: Query, filters: readonly Filter[], statistics: Statistics): Walks | undefined {
  const { total, docs } = statistics
  const simple =
    query.none.length === 0 && query.all.every(([phrase, ...or]) => or.length === 0 && isWord(phrase))
  if (!simple || query.all.length === 0 || total === 0) return undefined
  const lexemes = query.all.map((clause) => clause[0]?.words[0]?.lexemes[0] as string)
  const filterLexemes = filters.map(({ facet, keys }) => keys.map((key) => `${marks.facet}${facet}:${key}`))
  const count = (lexeme: string) => docs.get(lexeme) ?? 0
  // As if words occurred independently of each other.
  const filterShare = filterLexemes.reduce(
    (share, keys) => share * Math.min(1, keys.reduce((sum, key) => sum + count(key), 0) / total),
    1,
  )
  const matches = (mark: string) =>
    lexemes.reduce((left, lexeme) => (left * count(mark + lexeme)) / total, total * filterShare)
  if (matches('') < many) return undefined

  const all = (mark: string) => allOf(lexemes.map((lexeme) => quoted(mark + lexeme)))
  const kept = filterLexemes.map((keys) => anyOf(keys.map(quoted)))
  const along = (mark: string, query: string): Walk => {
    const driver = lexemes
      .map((lexeme) => mark + lexeme)
      .reduce((least, one) => (count(one) < count(least) ? one : least))
    return { driver, query: allOf([query, ...kept]), sparse: matches(mark) < many }
  }
  const [title, keyword] = [all(marks.title), all(marks.keyword)]
  return {
    title: along(marks.title, title),
    keyword: along(marks.keyword, allOf([keyword, `!(${title})`])),
    elsewhere: { marked: allOf([`!(${keyword})`, ...kept]), anywhere: all('') },
  }
}

const isWord = (phrase: Query['all'][number][number] | undefined) =>
  phrase?.words.length === 1 && phrase.words[0]?.lexemes.length === 1
