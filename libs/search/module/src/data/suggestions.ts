import type { NamedStatement, Queryable } from '@cenopie/platform-database'
import type { Suggestion } from '@cenopie/search-contract'
import type { Audience } from '../domain/person-document.ts'
import type { Matching } from '../domain/matching.ts'
import { findPeople } from './sources.ts'

/**
 * Phrases of postings: those that begin with what was typed, then those in which a word does, then those spelt alike.
 * `$1` spelling, `$2` the same as the beginning of a LIKE pattern, `$3` how many.
 */
const phrases: NamedStatement = {
  name: 'search_phrases',
  text: `select kind, text from (
      (select kind, text, key, docs, 1 as closeness from term
        where scope = 'postings' and kind <> 'word' and key like $2 || '%' order by docs desc limit $3)
      union all
      (select kind, text, key, docs, 2 from term
        where scope = 'postings' and kind <> 'word' and key like '% ' || $2 || '%'
        order by docs desc limit $3)
      union all
      (select kind, text, key, docs, 3 from term
        where scope = 'postings' and kind <> 'word' and $1 operator(public.<%) key
        order by public.word_similarity($1, key) desc, docs desc limit $3)) found
    group by kind, text order by min(closeness), max(docs) desc, text limit $3`,
}

export async function suggestPhrases(db: Queryable, spelling: string, limit: number): Promise<Suggestion[]> {
  const pattern = spelling.replace(/[\\%_]/g, '\\$&')
  return db.query<Suggestion>(phrases, [spelling, pattern, limit])
}

/** People of whose name each word begins as typed, fullest profiles first. */
export async function suggestPeople(
  db: Queryable,
  { audience, viewer }: { audience: Audience; viewer: string | null },
  matching: Matching,
  limit: number,
): Promise<Suggestion[]> {
  const { hits } = await findPeople[audience](db, { matching, limit, values: [viewer] })
  return hits.map(({ shown: { name, userId, handle } }) => ({
    kind: 'person',
    text: name,
    userId,
    ...(handle !== undefined && { handle }),
  }))
}
