import type { JsonSchema } from '../schemas.ts'

/** Moves `$defs` to the components and points the references there. */
export function lift(schema: JsonSchema, schemas: Record<string, unknown>): JsonSchema {
  const { $defs, ...rest } = schema
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
    schemas[name] ??= repoint(definition)
  }
  return repoint(rest)
}

function repoint<T>(node: T): T {
  if (Array.isArray(node)) return node.map(repoint) as T
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) =>
    key === '$ref'
      ? [key, String(value).replace('#/$defs/', '#/components/schemas/')]
      : [key, repoint(value)],
  )
  return Object.fromEntries(entries) as T
}
