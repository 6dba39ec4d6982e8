import { z } from 'zod'

export type JsonSchema = { [key: string]: unknown }

/**
 * JSON Schema 2020-12 of a wire type. Inputs are closed at every depth: an unknown field is refused by name.
 * Throws for what JSON Schema cannot express (transforms, dates, functions), so a contract that could not be
 * remote does not start. Made once per type: both bindings and OpenAPI ask for it.
 */
export function jsonSchemaOf(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const known = made[io].get(type)
  if (known) return known
  const schema = makeJsonSchema(type, io, io === 'input')
  made[io].set(type, schema)
  return schema
}

/** JSON Schema of what an event or a task carries, as whoever reads it does: fields it does not know are dropped. */
export function payloadSchemaOf(type: z.ZodType): JsonSchema {
  return makeJsonSchema(type, 'input', false)
}

const made = { input: new WeakMap<z.ZodType, JsonSchema>(), output: new WeakMap<z.ZodType, JsonSchema>() }

function makeJsonSchema(type: z.ZodType, io: 'input' | 'output', closed: boolean): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'throw',
    // The name of a reusable type is its place under `$defs`.
    override: ({ jsonSchema }) => void delete (jsonSchema as JsonSchema)['id'],
  })
  return rewrite(schema as JsonSchema, closed)
}

function rewrite(node: JsonSchema, closed: boolean): JsonSchema {
  const result: JsonSchema = {}
  for (const [key, value] of Object.entries(node)) {
    if (Array.isArray(value))
      result[key] = value.map((item) => (isSchema(item) ? rewrite(item, closed) : item))
    else if (isSchema(value) && key !== 'default' && key !== 'const') result[key] = rewrite(value, closed)
    else result[key] = value
  }
  if (
    closed &&
    node['type'] === 'object' &&
    node['properties'] &&
    node['additionalProperties'] === undefined
  ) {
    result['additionalProperties'] = false
  }
  return result
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `anyOf [T, null]` as `nullable`: the serialiser then need not try each branch. */
export function forSerialiser(node: JsonSchema): JsonSchema {
  const result: JsonSchema = {}
  for (const [key, value] of Object.entries(node)) {
    if (Array.isArray(value)) result[key] = value.map((item) => (isSchema(item) ? forSerialiser(item) : item))
    else result[key] = isSchema(value) ? forSerialiser(value) : value
  }
  const branches = result['anyOf']
  if (!Array.isArray(branches) || branches.length !== 2) return result
  const rest = branches.filter((branch) => isSchema(branch) && branch['type'] !== 'null') as JsonSchema[]
  const only = rest[0]
  if (rest.length !== 1 || !only || typeof only['type'] !== 'string') return result
  const { anyOf: _anyOf, ...outer } = result
  return { ...outer, ...only, nullable: true }
}
