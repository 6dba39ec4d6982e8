import type { JsonSchema } from '@cenopie/platform-runtime'
import { valuesOf } from './forms.ts'

const lower = ['minLength', 'minItems', 'minProperties']
const upper = ['maxLength', 'maxItems', 'maxProperties']
const numeric = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf']
const equal = ['pattern', 'format', 'uniqueItems']
/** Handled elsewhere: by type, by value, or field by field. */
const structural = [
  'type',
  'const',
  'enum',
  'default',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
]
const decided = new Set([...lower, ...upper, ...numeric, ...equal, ...structural])

/** Keywords of either schema about which nothing can be said but that they are the same. */
export function unknownKeywords(written: JsonSchema, read: JsonSchema): string[] {
  return [...new Set([...Object.keys(written), ...Object.keys(read)])].filter((key) => !decided.has(key))
}

export function isOfType(written: JsonSchema, read: JsonSchema): boolean {
  const [wrote, reads] = [written['type'], read['type']]
  return reads === undefined || wrote === reads || (wrote === 'integer' && reads === 'number')
}

/** Keywords of `read` that something `written` may break. */
export function brokenBounds(written: JsonSchema, read: JsonSchema): string[] {
  const number = (schema: JsonSchema, key: string, otherwise: number) => Number(schema[key] ?? otherwise)
  return Object.keys(read).filter((key) => {
    if (lower.includes(key)) return number(written, key, 0) < number(read, key, 0)
    if (upper.includes(key)) return number(written, key, Infinity) > number(read, key, Infinity)
    if (equal.includes(key)) return written[key] !== read[key]
    const limit = Number(read[key])
    const least = Math.max(
      number(written, 'minimum', -Infinity),
      number(written, 'exclusiveMinimum', -Infinity),
    )
    const most = Math.min(number(written, 'maximum', Infinity), number(written, 'exclusiveMaximum', Infinity))
    if (key === 'minimum') return least < limit
    if (key === 'maximum') return most > limit
    if (key === 'exclusiveMinimum')
      return least < limit || (least === limit && written['exclusiveMinimum'] !== limit)
    if (key === 'exclusiveMaximum')
      return most > limit || (most === limit && written['exclusiveMaximum'] !== limit)
    if (key === 'multipleOf') return Number(written[key] ?? NaN) % limit !== 0
    return false
  })
}

/** Whether one value, listed by its writer, is one that `read` accepts. A form of text that nobody can check is not. */
export function fits(value: unknown, read: JsonSchema): boolean {
  const values = valuesOf(read)
  if (values) return values.some((one) => JSON.stringify(one) === JSON.stringify(value))
  if (value === null || typeof value === 'object' || typeof value === 'boolean')
    return read['type'] === undefined
  const type = typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
  const own: JsonSchema =
    typeof value === 'string'
      ? { type, minLength: value.length, maxLength: value.length }
      : { type, minimum: value, maximum: value }
  return (
    isOfType(own, read) &&
    brokenBounds(own, read).every((key) => {
      if (key === 'pattern') return new RegExp(String(read[key]), 'u').test(String(value))
      return key === 'multipleOf' && Number(value) % Number(read[key]) === 0
    })
  )
}
