import { z } from 'zod'

const scalars = ['string', 'number', 'integer', 'boolean']

/** No names: what has one would be described by reference. */
const metadata = z.registry<{ id?: string }>()

/**
 * Whether a value of this schema can travel in a query: text, a number, a boolean, or several of one of them.
 * Anything else (an object, null, a choice between types) does not read back as what it was.
 */
export function travelsInQuery(schema: z.ZodType): boolean {
  const { type, items } = z.toJSONSchema(schema, { io: 'input', metadata })
  if (type === 'array') return typeof items === 'object' && !Array.isArray(items) && isScalar(items.type)
  return isScalar(type)
}

function isScalar(type: unknown): boolean {
  return typeof type === 'string' && scalars.includes(type)
}
