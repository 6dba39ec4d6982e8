import { marks, quoted } from './document.ts'
import type { Phrase, Query } from './query.ts'
import { words } from './words.ts'

/** One required filter: any of these facet keys. */
export interface Filter {
  facet: string
  keys: readonly string[]
}

/** The tsqueries of a search for words. */
export interface Matching {
  /** What a document must match somewhere in its text. */
  anywhere: string
  /** Over marked lexemes: whether it matches in its title, and whether in what tells most about it. */
  title: string
  keyword: string
}

/** Undefined if there are no words to search for. `filters`: parts of a tsquery that must hold too. */
export function matching(query: Query, filters: readonly string[]): Matching | undefined {
  if (query.all.length === 0) return undefined
  const without = query.none.map((phrase) => `!${phraseIn(phrase, '')}`)
  const clauses = (mark: string) =>
    query.all.map((clause) => anyOf(clause.map((phrase) => phraseIn(phrase, mark))))
  return {
    anywhere: allOf([...clauses(''), ...without, ...filters]),
    title: allOf(clauses(marks.title)),
    keyword: allOf(clauses(marks.keyword)),
  }
}

/** What a document must not have, for searches without any other words. */
export function exclusion({ none }: Query): string | undefined {
  return none.length > 0 ? allOf(none.map((phrase) => `!${phraseIn(phrase, '')}`)) : undefined
}

/** What a document must have besides words, as parts of a tsquery. */
export function filterTerms(filters: readonly Filter[], locationWords: readonly string[]): string[] {
  return [
    ...filters.map(({ facet, keys }) => anyOf(keys.map((key) => quoted(`${marks.facet}${facet}:${key}`)))),
    ...locationWords.map((lexeme) => quoted(marks.location + lexeme)),
  ]
}

/** A phrase: in the text its words follow each other; under a mark, where there are no positions, all must be there. */
function phraseIn({ words }: Phrase, mark: string): string {
  const each = words.map(({ lexemes }) => anyOf(lexemes.map((lexeme) => quoted(mark + lexeme))))
  return mark === '' && each.length > 1 ? `(${each.join(' <-> ')})` : allOf(each)
}

export const allOf = (terms: readonly string[]) =>
  terms.length === 1 ? (terms[0] as string) : `(${terms.join(' & ')})`
export const anyOf = (terms: readonly string[]) =>
  terms.length === 1 ? (terms[0] as string) : `(${terms.join(' | ')})`

/** Titles in which every word begins as typed; the last one is probably not finished. Undefined: nothing was typed. */
export function prefixQuery(text: string): string | undefined {
  const typed = words(text).slice(0, 6)
  if (typed.length === 0) return undefined
  return allOf(
    typed.map(({ plain, lexemes }) =>
      anyOf([...lexemes.map((lexeme) => quoted(marks.title + lexeme)), `${quoted(marks.title + plain)}:*`]),
    ),
  )
}
