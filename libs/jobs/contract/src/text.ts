import { z } from 'zod'

/** Neither blank nor holding U+0000, which PostgreSQL's text cannot store. */
const WRITTEN = /^[^\u0000]*[^\s\u0000][^\u0000]*$/

/** What a person wrote: something visible in it, at most `max` UTF-16 units. */
export function text(max: number) {
  return z.string().min(1).max(max).regex(WRITTEN)
}
