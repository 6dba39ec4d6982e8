import type { Database } from '@cenopie/platform-database'
import { suggestPeople, suggestPhrases } from '../data/suggestions.ts'
import { spelling } from '../domain/document.ts'
import { matching, prefixQuery } from '../domain/matching.ts'
import { correctUnknown } from './corrections.ts'
import { parseQuery } from '../domain/query.ts'
import type { Handler } from './handler.ts'
import { viewing } from './viewing.ts'

export function suggest(database: Database): Handler<'suggest'> {
  return async ({ q, in: index, limit }, { actor }) => {
    if (index === 'postings') {
      const typed = spelling(q)
      return { items: typed === '' ? [] : await suggestPhrases(database, typed, limit) }
    }
    const viewer = viewing(actor)
    const beginning = prefixQuery(q)
    if (beginning === undefined) return { items: [] }
    const inNames = { anywhere: beginning, title: beginning, keyword: beginning }
    const items = await suggestPeople(database, viewer, inNames, limit)
    if (items.length > 0) return { items }
    const query = parseQuery(q)
    await correctUnknown(database, viewer.audience, query)
    const meant = matching(query, [])
    if (!meant) return { items }
    return { items: await suggestPeople(database, viewer, { ...meant, anywhere: meant.title }, limit) }
  }
}
