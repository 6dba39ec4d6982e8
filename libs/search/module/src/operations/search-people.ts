import type { Database } from '@cenopie/platform-database'
import { findPeople } from '../data/sources.ts'
import type { StatisticsOf } from '../data/statistics.ts'
import { highlight } from '../domain/highlight.ts'
import { keyOf } from '../domain/words.ts'
import type { Handler } from './handler.ts'
import { runSearch } from './run-search.ts'
import { viewing } from './viewing.ts'

const facetNames = ['location', 'skills', 'openToWork'] as const

export function searchPeople(database: Database, statisticsOf: StatisticsOf): Handler<'searchPeople'> {
  return async ({ q, limit, cursor, location, skills, openToWork }, { actor }) => {
    const { audience, viewer } = viewing(actor)
    const page = await runSearch(database, statisticsOf, audience, findPeople[audience], [viewer], {
      ...{ q, limit, cursor, location },
      counted: facetNames,
      filters: [
        ...skills.map((skill) => ({ facet: 'skills', keys: [keyOf(skill)] })),
        ...(openToWork ? [{ facet: 'openToWork', keys: ['true'] }] : []),
      ],
    })
    const items = page.hits.map(({ shown }) => {
      const { name, headline, location } = shown
      const skills = shown.skills.join(', ')
      return { ...shown, highlights: highlight(page.sought, { name, headline, location, skills }) }
    })
    const { nextCursor, corrections } = page
    const shared = { items, corrections, ...(nextCursor !== undefined && { nextCursor }) }
    if (!('facet' in page)) return shared
    const { facet, found } = page
    const facets = { location: facet('location'), skills: facet('skills'), openToWork: facet('openToWork') }
    return { ...shared, found, facets }
  }
}
