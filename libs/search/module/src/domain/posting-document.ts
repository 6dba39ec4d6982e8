import type { jobsEvents } from '@cenopie/jobs-contract'
import type { z } from 'zod'
import { indexed, type Facet, type Indexed } from './document.ts'
import { keyOf } from './words.ts'

export type PostingFacts = z.output<(typeof jobsEvents)['postingPublished']['payload']>

export type PostingShown = Omit<PostingFacts, 'description'>

export interface PostingDocument extends Indexed {
  /** Newest first: milliseconds since 1970. */
  rank: number
  shown: PostingShown
  body: string
}

export function postingDocument({ description, ...shown }: PostingFacts): PostingDocument {
  const { title, companyName, location, skills, workplace, employment, pay } = shown
  const facets: Facet[] = [
    { name: 'workplace', value: workplace, key: workplace },
    { name: 'employment', value: employment, key: employment },
    { name: 'location', value: location, key: keyOf(location) },
    { name: 'company', value: companyName, key: shown.companyId },
    ...skills.map((skill) => ({ name: 'skills', value: skill, key: keyOf(skill) })),
  ]
  if (pay) facets.push({ name: 'pay', value: '', key: `${pay.currency}/${pay.period}` })
  return {
    ...indexed({ title, keywords: [companyName, ...skills], location, body: description, facets }),
    rank: Date.parse(shown.publishedAt),
    shown,
    body: description,
  }
}
