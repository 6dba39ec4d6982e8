import type { JsonSchema } from '../schemas.ts'

export const fieldsOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)

/** Fields of the path, and the others of the query. */
export function readParameters(path: string, input: JsonSchema): unknown[] {
  const properties = { ...(input['properties'] as Record<string, JsonSchema> | undefined) }
  const required = new Set(input['required'] as string[] | undefined)
  const inPath = fieldsOf(path)
  const inQuery = Object.keys(properties).filter((name) => !inPath.includes(name))
  return [
    ...inPath.map((name) => parameter(name, 'path', properties, true)),
    ...inQuery.map((name) => parameter(name, 'query', properties, required.has(name))),
  ]
}

export function parameter(
  name: string,
  place: string,
  properties: Record<string, JsonSchema>,
  required: boolean,
) {
  const { description, ...schema } = properties[name] ?? {}
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema }
}
