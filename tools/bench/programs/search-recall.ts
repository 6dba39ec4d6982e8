import pg from 'pg'
import { stemmer } from 'stemmer'
import { market } from '../harness/market.ts'

export type Kind = 'postings' | 'people'

const queries = 25
const top = 20
const tables = { postings: ['posting', 'true'], people: ['person', `audience = 'members'`] } as const

/**
 * How much of the exact top 20 the first page of a search has, over several queries. Exact: every row is looked at, in
 * plain SQL over arrays, without the module's code, index or limit.
 */
export async function recallOf(
  kind: Kind,
  url: string,
  databaseUrl: string,
  { asMember }: { asMember: () => Record<string, string> },
): Promise<number> {
  const admin = new pg.Client(databaseUrl)
  await admin.connect()
  const [table, condition] = tables[kind]
  const { query } = market()
  let [found, expected] = [0, 0]
  for (let at = 0; at < queries; at += 1) {
    const q = query(kind, 1_000_000 + at)
    const lexemes = q.split(' ').map((word) => (word.length < 4 ? word : stemmer(word)))
    const marked = (mark: string) => lexemes.map((lexeme) => mark + lexeme)
    const { rows } = await admin.query<{ id: string }>(
      `select id from (select id, rank, case when tsvector_to_array(keywords) @> $1 then 1
           when tsvector_to_array(keywords) @> $2 then 2 when tsvector_to_array(words) @> $3 then 3 end as tier
         from search.${table} where listed and ${condition} offset 0) found
       where tier is not null order by tier, rank desc, id desc limit ${top}`,
      [marked('^'), marked('~'), lexemes],
    )
    const path = `/api/v1/search/${kind}?limit=${top}&q=${encodeURIComponent(q)}`
    const answer = await fetch(url + path, kind === 'people' ? { headers: asMember() } : {})
    const { items } = (await answer.json()) as { items: { postingId?: string; userId?: string }[] }
    const shown = new Set(items.map(({ postingId, userId }) => postingId ?? userId))
    found += rows.filter(({ id }) => shown.has(id)).length
    expected += rows.length
  }
  await admin.end()
  return found / expected
}
