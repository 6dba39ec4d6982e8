import { z } from 'zod'

/** What a person types to find something. Any text is a query: what makes no sense finds nothing. */
export const typed = z
  .string()
  .max(300)
  .describe('Words; "a phrase"; -without; this OR that. Misspelt words are corrected.')

/** A value to filter by, as a facet gives it. */
export const value = (max: number) => z.string().min(1).max(max)

/** Text that another domain has checked, on its way out. */
export const written = (max: number) => z.string().max(max)
