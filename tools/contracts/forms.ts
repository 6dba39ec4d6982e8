import type { JsonSchema } from '@cenopie/platform-runtime'

/** A schema without its `$ref`: what stands beside one holds too. Throws on a reference that leads nowhere. */
export function expanded(schema: JsonSchema, root: unknown): JsonSchema {
  const { $ref, ...beside } = schema
  if ($ref === undefined) return schema
  let target = root
  for (const step of String($ref).split('/').slice(1)) target = (target as Record<string, unknown>)[step]
  if (target === undefined) throw new Error(`${String($ref)} leads nowhere`)
  return { ...expanded(target as JsonSchema, root), ...beside }
}

/** The forms of which a value has one. What is said beside them holds for each. */
export function branchesOf(schema: JsonSchema): JsonSchema[] {
  const { anyOf, oneOf, type, default: _default, ...beside } = schema
  const forms = (anyOf ?? oneOf) as JsonSchema[] | undefined
  if (forms && !(anyOf && oneOf) && type === undefined) return forms.map((form) => ({ ...form, ...beside }))
  if (Array.isArray(type) && !forms) return type.map((one: string) => ({ ...beside, type: one }))
  return [schema]
}

/** The few values it can have, if they are listed. */
export function valuesOf(schema: JsonSchema): unknown[] | undefined {
  if ('const' in schema) return [schema['const']]
  if (Array.isArray(schema['enum'])) return schema['enum']
  if (schema['type'] === 'null') return [null]
  if (schema['type'] === 'boolean') return [false, true]
  return undefined
}

/** Whether no value can have two of these forms: they differ in type, or in a field that all require. */
export function disjoint(forms: readonly JsonSchema[]): boolean {
  return forms.every((a, at) => forms.slice(at + 1).every((b) => apart(a, b)))
}

function apart(a: JsonSchema, b: JsonSchema): boolean {
  const [first, second] = [a['type'], b['type']]
  if (typeof first === 'string' && typeof second === 'string' && basic(first) !== basic(second)) return true
  const [ours, theirs] = [valuesOf(a), valuesOf(b)]
  if (ours && theirs) return !ours.some((value) => theirs.includes(value))
  const required = ((a['required'] ?? []) as string[]).filter((name) =>
    ((b['required'] ?? []) as string[]).includes(name),
  )
  return required.some((name) => {
    const [left, right] = [a, b].map(
      (form) => ((form['properties'] ?? {}) as Record<string, JsonSchema>)[name] ?? {},
    )
    const [x, y] = [valuesOf(left!), valuesOf(right!)]
    return x !== undefined && y !== undefined && !x.some((value) => y.includes(value))
  })
}

const basic = (type: string) => (type === 'integer' ? 'number' : type)

/** A schema and all named types it leads to, as one text: equal texts mean the same. */
export function spelt(schema: unknown, root: unknown): string {
  const texts = new Map([['', JSON.stringify(schema) ?? '']])
  // A map's iteration reaches what is added meanwhile.
  for (const text of texts.values()) {
    for (const [, $ref] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      if (!texts.has($ref!)) texts.set($ref!, JSON.stringify(expanded({ $ref }, root)))
    }
  }
  return JSON.stringify([...texts])
}
