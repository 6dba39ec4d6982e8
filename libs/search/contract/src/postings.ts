import { id, operation, page, paging, timestamp } from '@cenopie/platform-contract'
import { z } from 'zod'
import { payComplete } from './checks.ts'
import { counts, Facet, highlights } from './result.ts'
import { typed, value, written } from './text.ts'

export const Workplace = z.enum(['onsite', 'hybrid', 'remote'])
export const Employment = z.enum(['full-time', 'part-time', 'contract', 'temporary', 'internship'])
const currency = z
  .string()
  .length(3)
  .regex(/^[A-Z]{3}$/)
const period = z.enum(['hour', 'day', 'month', 'year'])
const amount = z.int().min(0).max(1_000_000_000)

export const PostingHit = z
  .object({
    postingId: id,
    companyId: id,
    companyName: written(200),
    title: written(140),
    location: written(140),
    workplace: Workplace,
    employment: Employment,
    skills: z.array(written(60)).max(50),
    pay: z.object({ currency, min: amount, max: amount, period }).meta({ id: 'SearchPay' }).optional(),
    publishedAt: timestamp,
    expiresAt: timestamp,
    highlights,
  })
  .meta({ id: 'PostingHit' })
export type PostingHit = z.infer<typeof PostingHit>

export const postingFacets = z
  .object({ workplace: Facet, employment: Facet, location: Facet, company: Facet, skills: Facet })
  .meta({ id: 'PostingFacets' })

export const searchPostings = operation({
  method: 'GET',
  path: '/api/v1/search/postings',
  summary: 'Search open postings',
  description:
    'First those whose title has all the words, then those with them in title, skills, company or location, then ' +
    'those with them anywhere; newest first. Each facet counts what the other filters leave.',
  access: 'public',
  input: {
    q: typed.default(''),
    workplace: z.array(Workplace).max(3).default([]).describe('Any of these'),
    employment: z.array(Employment).max(5).default([]).describe('Any of these'),
    location: value(140).optional().describe('All its words'),
    companyId: id.optional(),
    skills: z.array(value(60)).max(10).default([]).describe('All of these'),
    payMin: amount.optional().describe('The upper end of the pay reaches it; needs currency and period'),
    payCurrency: currency.optional(),
    payPeriod: period.optional(),
    publishedSince: timestamp.optional(),
    ...paging,
    limit: z.int().min(1).max(50).default(20),
  },
  output: page(PostingHit)
    .extend({ ...counts, facets: postingFacets.optional().describe('On the first page.') })
    .meta({ id: 'PostingHitPage' }),
  checks: [payComplete],
})
