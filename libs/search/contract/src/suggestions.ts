import { id, operation } from '@cenopie/platform-contract'
import { z } from 'zod'
import { written } from './text.ts'

export const Suggestion = z
  .object({
    kind: z.enum(['title', 'skill', 'company', 'location', 'person']),
    text: written(200),
    userId: id.optional().describe('Of a person.'),
    handle: written(30).optional(),
  })
  .meta({ id: 'SearchSuggestion' })
export type Suggestion = z.infer<typeof Suggestion>

export const suggest = operation({
  method: 'GET',
  path: '/api/v1/search/suggestions',
  summary: 'What somebody may be about to type',
  description: 'Beginnings first, then what is spelt alike. People as in their search.',
  access: 'public',
  input: {
    q: z.string().min(1).max(100),
    in: z.enum(['postings', 'people']).default('postings'),
    limit: z.int().min(1).max(20).default(8),
  },
  output: z.object({ items: z.array(Suggestion).max(20) }).meta({ id: 'SearchSuggestions' }),
})
