import { id, operation, page, paging } from '@cenopie/platform-contract'
import { z } from 'zod'
import { counts, Facet, highlights } from './result.ts'
import { typed, value, written } from './text.ts'

/** A person as far as the caller may see them: what is not theirs to see is absent, and was not searched. */
export const PersonHit = z
  .object({
    userId: id,
    handle: written(30).optional(),
    name: written(120),
    headline: written(160).optional(),
    location: written(120).optional(),
    openToWork: z.boolean().optional(),
    skills: z.array(written(60)).max(50),
    highlights,
  })
  .meta({ id: 'PersonHit' })
export type PersonHit = z.infer<typeof PersonHit>

export const peopleFacets = z
  .object({ location: Facet, skills: Facet, openToWork: Facet })
  .meta({ id: 'PeopleFacets' })

export const searchPeople = operation({
  method: 'GET',
  path: '/api/v1/search/people',
  summary: 'Search people',
  description:
    'Signed out: public profiles and sections. Signed in: those for members too, but nobody you blocked or who ' +
    'blocked you. First by name, then by headline, skills and location.',
  access: 'public',
  input: {
    q: typed.default(''),
    location: value(120).optional().describe('All its words'),
    skills: z.array(value(60)).max(10).default([]).describe('All of these'),
    openToWork: z.boolean().default(false).describe('Only people who say so, to whom they say so.'),
    ...paging,
    limit: z.int().min(1).max(50).default(20),
  },
  output: page(PersonHit)
    .extend({ ...counts, facets: peopleFacets.optional().describe('On the first page.') })
    .meta({ id: 'PersonHitPage' }),
  // A directory is what scrapers come for.
  rateLimit: { max: 120, windowSeconds: 60 },
})
