import { z } from 'zod'

/**
 * Text that PostgreSQL can keep: no NUL and no lone surrogate.
 * `max` is in UTF-16 code units here; JSON Schema counts code points, which are never more.
 */
export function text(max: number, min = 0) {
  return z
    .string()
    .min(min)
    .max(max)
    .regex(/^[^\u0000\ud800-\udfff]*$/u)
}

/** A text of one line or more with something other than white space in it. */
export function statement(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\u0000\ud800-\udfff]*[^\s\u0000\ud800-\udfff][^\u0000\ud800-\udfff]*$/u)
}
