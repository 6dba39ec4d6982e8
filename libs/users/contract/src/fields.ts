import { z } from 'zod'

/**
 * Text on one line, at most `max` UTF-16 units. Control characters (Cc) and lone surrogates (Cs) are refused:
 * PostgreSQL stores neither U+0000 nor half a surrogate pair.
 */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)

/** Text with line breaks, at most `max` UTF-16 units. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u)

/** One line with something on it. The lookahead keeps the match linear in the length of what was sent. */
export const label = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^(?=.*\S)[^\p{Cc}\p{Cs}]*$/u)

/** A month of the years 1900 to 2099, `YYYY-MM`; sorts as text. */
export const yearMonth = z
  .string()
  .length(7)
  .regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)
  .meta({ examples: ['2024-03'] })

export const handleName = z
  .string()
  .min(3)
  .max(30)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Small letters, digits and single hyphens.')
  .meta({ examples: ['ada-lovelace'] })

/** Of the profile as last read; a write with another one is refused, so two tabs cannot overwrite each other. */
export const profileVersion = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('The version of the profile that the change was made on.')
