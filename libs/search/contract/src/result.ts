import { z } from 'zod'
import { written } from './text.ts'

const offset = z.int().min(0).max(100_000)

/** A piece of a field, and what in it was searched for. Plain text: whoever shows it escapes it. */
export const Highlight = z
  .object({
    field: z.enum(['title', 'company', 'location', 'skills', 'description', 'name', 'headline']),
    text: written(400),
    matches: z
      .array(z.object({ start: offset, end: offset }))
      .max(100)
      .describe('Ranges of `text` in UTF-16 units; `end` is the first unit behind it.'),
  })
  .meta({ id: 'SearchHighlight' })
export type Highlight = z.infer<typeof Highlight>

export const highlights = z.array(Highlight).max(10)

/** The values of a field among what was found, most frequent first. */
export const Facet = z
  .array(
    z.object({
      value: written(200),
      label: written(200).optional().describe('What to show, where it is not the value.'),
      count: z.int().min(1).max(1_000_000),
    }),
  )
  .max(20)
  .meta({ id: 'SearchFacet' })
export type Facet = z.infer<typeof Facet>

/**
 * What else a first page tells. Counts are of the best matches, up to `examined` of them: exact if `complete`, else
 * at least as many.
 */
export const counts = {
  found: z
    .object({
      count: z.int().min(0).max(1_000_000),
      complete: z.boolean().describe('Whether that is all; otherwise there are at least as many.'),
    })
    .meta({ id: 'SearchCount' })
    .optional()
    .describe('On the first page.'),
  corrections: z
    .array(z.object({ typed: written(300), used: written(100) }).meta({ id: 'SearchCorrection' }))
    .max(20)
    .describe('Words that nothing contains, and what was searched for in their place.'),
}
