import type { NamedStatement, Queryable } from '@cenopie/platform-database'
import type { Walk, Walks } from '../domain/frequency.ts'
import type { Matching } from '../domain/matching.ts'

/** Where a page continues: tier, rank and id of the last hit. */
export type Position = readonly [tier: number, rank: number, id: string]

export interface Search {
  /** What is searched for; left out: everything that passes `filter`, in the order of rank. */
  matching?: Matching | undefined
  /** A tsquery over marked lexemes alone, or over all (`not`), for searches without words. */
  /** How to search for it where very many documents have it. */
  walks?: Walks | undefined
  filter?: string | undefined
  not?: string | undefined
  limit: number
  after?: Position | undefined
  /** Counts facets of so many of the best matches; undefined counts nothing. */
  examine?: number | undefined
  /** Conditions of the source, from `$7` on. */
  values: readonly unknown[]
}

export interface Found<Shown> {
  hits: { tier: number; rank: number; id: string; shown: Shown; body: string | null }[]
  /** Documents that facets were counted in. */
  examined: number
  /** Whether those are all there are. */
  complete: boolean
  /** Facets of those, one a line. */
  facets: string
}

/** What is searched: a table as `p`, and what must hold of its rows beside the query. */
export interface Source {
  name: string
  table: string
  condition: string
  /** What its lexemes begin with in the list of words. */
  listed: string
  /** The column of long text, if there is one; given only for what matches there alone. */
  body?: string
}

/**
 * A sub-select hides the value from the planner: knowing it helps no plan here, and a plan that is good for all values is
 * made once instead of for each search, which would take as long as a search.
 */
const tsquery = (at: number) => `(select ($1::text[])[${at}]::tsquery)`

/** `$2` rows wanted, `$3`–`$5` position, `$6` rows shown */
const behind = (tier: string) =>
  `($3::int is null or ${tier} > $3 or (${tier} = $3 and (p.rank, p.id) < ($4::bigint, $5::uuid)))`

/**
 * `$1`: what the text must match, then what makes the first and the second tier. The index of words answers the first
 * exactly; the tier comes from the few lexemes in the row itself.
 */
const byWords = ({ table, condition }: Source) => `
  select * from (
    select p.rank, p.id, p.facets, case when p.keywords @@ ${tsquery(2)} then 1
      when p.keywords @@ ${tsquery(3)} then 2 else 3 end as tier
    from ${table} p where p.words @@ ${tsquery(1)} and ${condition}) p
  where ${behind('p.tier')}
  order by p.tier, p.rank desc, p.id desc limit (select $2::int)`

/** `$1`: what marked lexemes must match, then what all must; either may be null. */
const byRank = ({ table, condition }: Source, tier: number) => `
  select p.rank, p.id, p.facets, ${tier} as tier from ${table} p
  where (($1::text[])[1] is null or p.keywords @@ ${tsquery(1)})
    and (($1::text[])[2] is null or p.words @@ ${tsquery(2)})
    and ${condition} and ${behind(`${tier}`)}
  order by p.rank desc, p.id desc limit (select $2::int)`

/** `$1`: whose list, and what its documents must match. */
const byList = ({ table, condition }: Source, tier: number) => `
  select p.rank, p.id, p.facets, ${tier} as tier from ${table}_word w join ${table} p on p.id = w.id
  where w.lexeme = (select ($1::text[])[1]) and p.keywords @@ ${tsquery(2)}
    and ${condition} and ${behind(`${tier}`)}
  order by w.rank desc, w.id desc limit (select $2::int)`

const statement = (source: Source, candidates: string, kind: string): NamedStatement => ({
  name: `search_${source.name}_${kind}`,
  text: `with candidate as materialized (${candidates})
    select (select coalesce(jsonb_agg(jsonb_build_object('tier', c.tier, 'rank', c.rank, 'id', c.id, 'shown', p.shown,
          'body', ${source.body ? `case when c.tier = 3 then ${source.body} end` : 'null'})
        order by c.tier, c.rank desc, c.id desc), '[]')
      from (select tier, rank, id from candidate order by tier, rank desc, id desc limit (select $6::int)) c
      join ${source.table} p on p.id = c.id and ${source.condition}) as hits,
    (select count(*) from candidate) as examined,
    (select string_agg(facets, E'\\n') from candidate) as facets`,
})

interface Answer<Shown> {
  hits: Found<Shown>['hits']
  examined: number
  facets: string | null
}

/** Searches a source: by its index of words, along lists of frequent words, or along its order of rank. */
export function finder<Shown>(source: Source) {
  const words = statement(source, byWords(source), 'words')
  const rank = statement(source, byRank(source, 1), 'rank')
  const titles = statement(source, byList(source, 1), 'titles')
  const keywords = statement(source, byList(source, 2), 'keywords')
  const elsewhere = statement(source, byRank(source, 3), 'elsewhere')

  return async (db: Queryable, search: Search): Promise<Found<Shown>> => {
    const { matching, filter, not, after, limit, examine = limit, walks } = search
    const wanted = Math.max(limit, examine)
    const ask = async (
      by: NamedStatement,
      what: (string | null)[],
      count = wanted,
    ): Promise<Found<Shown>> => {
      const position = [after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null]
      const [row] = await db.query<Answer<Shown>>(by, [what, count, ...position, limit, ...search.values])
      const { hits = [], examined = 0, facets = null } = row ?? {}
      return { hits, examined, facets: facets ?? '', complete: examined < count }
    }
    if (!matching) return ask(rank, [filter ?? null, not ?? null])
    if (!walks) return ask(words, [matching.anywhere, matching.title, matching.keyword])

    const { title, keyword } = matching
    const along = (list: NamedStatement, { driver, query, sparse }: Walk, count = wanted) =>
      sparse ? ask(words, [query, title, keyword], count) : ask(list, [source.listed + driver, query], count)
    let found = await along(titles, walks.title)
    if (found.examined < wanted)
      found = joined(found, await along(keywords, walks.keyword, wanted - found.examined), limit)
    if (found.examined >= limit) return { ...found, complete: false }
    const { marked, anywhere } = walks.elsewhere
    return joined(found, await ask(elsewhere, [marked, anywhere], limit - found.examined), limit)
  }
}

function joined<Shown>(first: Found<Shown>, second: Found<Shown>, limit: number): Found<Shown> {
  return {
    hits: [...first.hits, ...second.hits].slice(0, limit),
    examined: first.examined + second.examined,
    facets: [first.facets, second.facets].filter((lines) => lines !== '').join('\n'),
    complete: second.complete,
  }
}
