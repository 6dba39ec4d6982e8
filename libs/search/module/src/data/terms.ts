import type { NamedStatement, Queryable } from '@cenopie/platform-database'
import { spelling, type Indexed } from '../domain/document.ts'
import type { Audience } from '../domain/person-document.ts'

/** Whose documents a term comes from: nobody is offered a word from what they may not see. */
export type Scope = 'postings' | Audience
export type PhraseKind = 'title' | 'skill' | 'company' | 'location'

export interface TermRow {
  scope: Scope
  kind: 'word' | PhraseKind
  key: string
  text: string
  lexeme: string
}

/** What a document adds to the dictionary: its words, and phrases that can be suggested as they are. */
export function vocabularyOf(
  scope: Scope,
  { vocabulary }: Indexed,
  phrases: Partial<Record<PhraseKind, readonly string[]>> = {},
): TermRow[] {
  const found = Object.entries(phrases).flatMap(([kind, texts]) =>
    texts.map((text) => ({ scope, kind: kind as PhraseKind, key: spelling(text), text, lexeme: '' })),
  )
  return [
    ...vocabulary.map(({ key, lexeme }) => ({ scope, kind: 'word' as const, key, text: key, lexeme })),
    ...found.filter(({ key }) => key !== ''),
  ]
}

const learn: NamedStatement = {
  name: 'search_learn',
  // In one order everywhere, so that two transactions cannot wait for each other.
  text: `insert into term (scope, kind, key, text, lexeme)
    select distinct on (scope, kind, key) scope, kind, key, text, lexeme
    from jsonb_to_recordset($1::jsonb) as t (scope text, kind text, key text, text text, lexeme text)
    order by scope, kind, key on conflict do nothing`,
}

/** `learned`: those written before, when many documents are written in a row. */
export async function learnTerms(
  db: Queryable,
  terms: readonly TermRow[],
  learned = new Set<string>(),
): Promise<void> {
  const unknown = terms.filter((term) => {
    const key = `${term.scope} ${term.kind} ${term.key}`
    if (learned.has(key)) return false
    learned.add(key)
    return true
  })
  if (unknown.length > 0) await db.query(learn, [JSON.stringify(unknown)])
}

interface Lexemes {
  audience: Audience
  lexemes: string[]
}

/** The lexemes of people as the index has them now, without marked ones. */
export async function lexemesOf(db: Queryable, ids: readonly string[]): Promise<Lexemes[]> {
  return db.query<Lexemes>(
    `select p.audience, array_agg(distinct w.lexeme) as lexemes
     from person p, unnest(tsvector_to_array(p.words)) as w (lexeme)
     where p.id = any($1::uuid[]) and p.listed and w.lexeme !~ '^[~@#^]'
     group by p.audience`,
    [ids],
  )
}

/**
 * Forgets those of the given lexemes that nobody listed has any more. Not while an index is built: the words of the new
 * one are learned already, and the count behind the rebuild forgets what is left over.
 */
export async function forgetTerms(db: Queryable, lexemes: readonly Lexemes[]): Promise<void> {
  for (const { audience, lexemes: gone } of lexemes) {
    await db.query(
      `delete from term t where t.scope = $1 and t.kind = 'word' and t.lexeme = any($2::text[])
       and not exists (select from index_state where building)
       and not exists (select from person p where p.listed and p.audience = '${audience}'
         and p.words @@ ('''' || replace(replace(t.lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery)`,
      [audience, gone],
    )
  }
}

/** Sub-selects keep the plan: see find.ts. */
const known: NamedStatement = {
  name: 'search_known',
  text: `select distinct lexeme from term where scope = (select $1::text) and kind = 'word' and lexeme = any((select $2::text[])::text[])`,
}

/** Which of the lexemes occur in the scope. */
export async function knownLexemes(
  db: Queryable,
  scope: Scope,
  lexemes: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ lexeme: string }>(known, [scope, lexemes])
  return new Set(rows.map(({ lexeme }) => lexeme))
}

/** A word of the dictionary that is spelt much like another. */
export interface Similar {
  key: string
  lexeme: string
  docs: number
}

/** Trigrams find most misspellings; of short words with two letters swapped they have too little left. */
const similar: NamedStatement = {
  name: 'search_similar',
  text: `(select key, lexeme, docs from term
      where scope = (select $1::text) and kind = 'word' and key operator(public.%) (select $2::text)
      order by public.similarity(key, $2::text) desc, docs desc limit 12)
    union
    (select key, lexeme, docs from term
      where scope = (select $1::text) and kind = 'word' and key = any((select $3::text[])::text[]))`,
}

export async function similarWords(
  db: Queryable,
  scope: Scope,
  word: string,
  variants: readonly string[],
): Promise<Similar[]> {
  return db.query<Similar>(similar, [scope, word, variants])
}
