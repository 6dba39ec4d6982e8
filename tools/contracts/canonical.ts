import { date, id, timestamp } from '@cenopie/platform-contract'
import { jsonSchemaOf } from '@cenopie/platform-runtime'
import type { JsonSchema } from '@cenopie/platform-runtime'
import { z } from 'zod'
import type { Pool } from './lock.ts'

/** Keywords that bind nobody. */
const annotations = new Set(['description', 'title', 'examples', 'deprecated', 'secret', '$comment'])
/** Keywords whose value is a map from names to schemas; their keys are no keywords. */
const maps = new Set(['properties', '$defs', 'patternProperties'])
/** Keywords whose value is data. */
const data = new Set(['default', 'const', 'enum', 'required', 'type'])
/** Keywords whose values have no order. */
const sets = new Set(['required', 'enum', 'type'])

/** What zod adds to a format is no rule of ours, and may be written otherwise in its next version. */
const patterns = new Map(
  [id, date, timestamp, z.email(), z.url()].map((type) => {
    const { format, pattern } = jsonSchemaOf(type, 'input')
    return [format, pattern]
  }),
)

/**
 * One text for one meaning: without annotations, with keys and sets in order, and with its named types moved to `types`,
 * where every schema of the same pool finds them. Throws when two different types go by one name.
 */
export function canonical(
  schema: JsonSchema,
  pool: Pool,
  owner: string,
  types: Record<string, JsonSchema>,
): JsonSchema {
  const { $defs, ...rest } = schema
  const named = (name: string) => (name.startsWith('__') ? `${owner}${name}` : name)
  const place = ($ref: string) =>
    $ref === '#' ? `#/types/${pool}/${owner}` : `#/types/${pool}/${named($ref.replace('#/$defs/', ''))}`
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
    const type = tidy(definition, place)
    const known = (types[named(name)] ??= type)
    if (JSON.stringify(known) !== JSON.stringify(type))
      throw new Error(`${owner}: another type of this domain is called ${name} too`)
  }
  const result = tidy(rest, place)
  if (JSON.stringify(rest).includes('"$ref":"#"')) types[owner] = result
  return result
}

function tidy(node: JsonSchema, place: (ref: string) => string): JsonSchema {
  const implied = node['pattern'] !== undefined && patterns.get(node['format']) === node['pattern']
  const keys = Object.keys(node).filter((key) => !annotations.has(key) && !(implied && key === 'pattern'))
  return Object.fromEntries(keys.toSorted(inOrder).map((key) => [key, value(key, node[key], place)]))
}

function value(key: string, given: unknown, place: (ref: string) => string): unknown {
  if (key === '$ref') return place(String(given))
  if (sets.has(key) && Array.isArray(given)) return given.toSorted()
  if (data.has(key)) return given
  if (Array.isArray(given)) return given.map((item) => value('', item, place))
  if (typeof given !== 'object' || given === null) return given
  if (!maps.has(key)) return tidy(given as JsonSchema, place)
  const entries = Object.entries(given as Record<string, JsonSchema>).toSorted(([a], [b]) => inOrder(a, b))
  return Object.fromEntries(entries.map(([name, schema]) => [name, tidy(schema, place)]))
}

const first = ['$ref', 'type']

/** By name, but what something is comes before how it is bounded. */
function inOrder(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b))
}

const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length)
