import type { Database } from '@cenopie/platform-database'
import { findPostings, postingValues } from '../data/sources.ts'
import type { StatisticsOf } from '../data/statistics.ts'
import { highlight } from '../domain/highlight.ts'
import { keyOf } from '../domain/words.ts'
import type { Handler } from './handler.ts'
import { runSearch } from './run-search.ts'

const facetNames = ['workplace', 'employment', 'location', 'company', 'skills'] as const

export function searchPostings(database: Database, statisticsOf: StatisticsOf): Handler<'searchPostings'> {
  return async ({ q, limit, cursor, location, workplace, employment, companyId, skills, ...conditions }) => {
    const page = await runSearch(
      database,
      statisticsOf,
      'postings',
      findPostings,
      postingValues(conditions),
      {
        ...{ q, limit, cursor, location },
        counted: facetNames,
        filters: [
          ...(workplace.length > 0 ? [{ facet: 'workplace', keys: workplace }] : []),
          ...(employment.length > 0 ? [{ facet: 'employment', keys: employment }] : []),
          ...(companyId === undefined ? [] : [{ facet: 'company', keys: [companyId.toLowerCase()] }]),
          ...skills.map((skill) => ({ facet: 'skills', keys: [keyOf(skill)] })),
        ],
      },
    )
    const items = page.hits.map(({ shown, body }) => {
      const description = body ?? ''
      const { title, companyName: company, location } = shown
      const skills = shown.skills.join(', ')
      return {
        ...shown,
        highlights: highlight(page.sought, { title, company, location, skills, description }),
      }
    })
    const { nextCursor, corrections } = page
    const shared = { items, corrections, ...(nextCursor !== undefined && { nextCursor }) }
    if (!('facet' in page)) return shared
    const { facet, found } = page
    return {
      ...shared,
      found,
      facets: {
        workplace: facet('workplace'),
        employment: facet('employment'),
        location: facet('location'),
        company: facet('company'),
        skills: facet('skills'),
      },
    }
  }
}
