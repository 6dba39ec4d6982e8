import { z } from 'zod'

/** Not blank, and nothing that PostgreSQL's text or jsonb cannot store: U+0000, half a surrogate pair. */
const WRITTEN = /^(?=\s*\S)[^\0\p{Cs}]*$/u

/** What a person wrote: something visible in it, at most `max` characters. */
export function text(max: number) {
  return z.string().min(1).max(max).regex(WRITTEN)
}

/** The same text on its way out: as long as it could come in, its form not looked at again. */
export function written(max: number) {
  return z.string().max(max)
}
