import { decodeCursor, encodeCursor, type Queryable } from '@cenopie/platform-database'
import { z } from 'zod'
import type { Found, Search } from '../data/find.ts'
import type { StatisticsOf } from '../data/statistics.ts'
import type { Scope } from '../data/terms.ts'
import { walks } from '../domain/frequency.ts'
import { soughtLexemes } from '../domain/highlight.ts'
import { allOf, exclusion, filterTerms, matching, type Filter } from '../domain/matching.ts'
import { parseQuery } from '../domain/query.ts'
import { queryWords } from '../domain/words.ts'
import { correctUnknown } from './corrections.ts'
import { countFacets } from './facets.ts'

/** Facets count the best matches up to this many. */
const examined = 200
const position = z.tuple([z.int().min(1).max(3), z.int().min(0).max(8e15), z.uuid()])

export interface Request {
  q: string
  filters: readonly Filter[]
  /** All words of it, in the location. */
  location?: string | undefined
  limit: number
  cursor?: string | undefined
  /** Facets to count. */
  counted: readonly string[]
}

/** One search: the page of hits and, on the first page, the facets. */
export async function runSearch<Shown>(
  db: Queryable,
  statisticsOf: StatisticsOf,
  scope: Scope,
  find: (db: Queryable, search: Search) => Promise<Found<Shown>>,
  values: readonly unknown[],
  request: Request,
) {
  const { limit, counted } = request
  const after = decodeCursor(request.cursor, position)
  const query = parseQuery(request.q)
  const location = queryWords(request.location ?? '').flatMap(({ lexemes }) => lexemes)
  const frequencies = await statisticsOf(scope)
  const search = (without?: string) => {
    const filters = request.filters.filter(({ facet }) => facet !== without)
    const terms = filterTerms(filters, without === 'location' ? [] : location)
    const filter = terms.length > 0 ? allOf(terms) : undefined
    return {
      matching: matching(query, terms),
      walks: location.length === 0 ? walks(query, filters, frequencies) : undefined,
      ...{ filter, not: exclusion(query), values },
    }
  }

  const first = after === undefined
  const look = () => find(db, { ...search(), limit: limit + 1, after, examine: first ? examined : undefined })
  let found = await look()
  // Words that occur nowhere leave nothing: only then is it worth asking whether they are misspelt.
  const nothing = found.hits.length === 0
  const corrections = nothing || !first ? await correctUnknown(db, scope, query) : []
  if (corrections.length > 0) found = await look()

  const hits = found.hits.slice(0, limit)
  const last = hits.at(-1)
  const page = {
    sought: soughtLexemes(query),
    hits,
    corrections,
    ...(last && found.hits.length > limit && { nextCursor: encodeCursor([last.tier, last.rank, last.id]) }),
  }
  if (!first) return page

  const count = countFacets(found.facets)
  const facets = new Map(counted.map((name) => [name, count(name)]))
  const filtered = new Set(request.filters.map(({ facet }) => facet))
  if (location.length > 0) filtered.add('location')
  for (const name of counted.filter((one) => filtered.has(one))) {
    const others = await find(db, { ...search(name), limit: 1, examine: examined })
    facets.set(name, countFacets(others.facets)(name))
  }
  return {
    ...page,
    found: { count: found.examined, complete: found.complete },
    facet: (name: string) => facets.get(name) ?? [],
  }
}
