import type { Queryable } from '@cenopie/platform-database'
import { knownLexemes, similarWords, type Scope } from '../data/terms.ts'
import type { Query, QueryWord } from '../domain/query.ts'
import { likelyMeant, nearVariants } from '../domain/spelling.ts'

export type Correction = { typed: string; used: string }

/** Puts in the place of each word of the query that occurs nowhere in the scope what was probably meant. */
export async function correctUnknown(db: Queryable, scope: Scope, query: Query): Promise<Correction[]> {
  const words = query.all.flat().flatMap((phrase) => phrase.words)
  if (words.length === 0) return []
  const known = await knownLexemes(db, scope, [...new Set(words.flatMap(({ lexemes }) => lexemes))])
  const unknown = words.filter(({ lexemes }) => !lexemes.some((lexeme) => known.has(lexeme)))
  const corrections: Correction[] = []
  for (const word of unknown) {
    const used = await correct(db, scope, word)
    if (used !== undefined) corrections.push({ typed: word.plain, used })
  }
  return corrections
}

async function correct(db: Queryable, scope: Scope, word: QueryWord): Promise<string | undefined> {
  if (!/^\p{L}{3,30}$/u.test(word.plain)) return undefined
  const meant = likelyMeant(word.plain, await similarWords(db, scope, word.plain, nearVariants(word.plain)))
  if (meant) word.lexemes = [meant.lexeme]
  return meant?.key
}
