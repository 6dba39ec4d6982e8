import type { JsonSchema } from './schemas.ts'

/**
 * Copies a value as its way through JSON would, without the text. Returns `detour` where the two might differ (dates,
 * classes, what does not fit the schema): that value takes the way through the text, to the same end or failure.
 */
export type Copy = (value: unknown) => unknown
export const detour = Symbol('detour')

/** What anything JSON can hold becomes. */
export const copyAny: Copy = (value) => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return copyNumber(value)
  if (typeof value !== 'object') return detour
  if (Array.isArray(value)) return copyEach(value, copyAny)
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== Object.prototype && prototype !== null) return detour
  return copyEntries(value, copyAny)
}

/** Copies and trims what a serialiser for this schema would write. */
export function copyBySchema(schema: JsonSchema): Copy {
  const definitions = (schema['$defs'] ?? {}) as Record<string, JsonSchema>
  const known = new Map<string, Copy>()

  function build(node: JsonSchema): Copy {
    if (typeof node['$ref'] === 'string') return referred(node['$ref'])
    if (unusual.some((key) => key in node)) return () => detour
    const copy = byType(node)
    return node['nullable'] === true ? (value) => (value === null ? null : copy(value)) : copy
  }

  /** By name and when it is needed: a type may hold itself. */
  function referred(reference: string): Copy {
    const name = reference.replace(/^#\/\$defs\//, '')
    return (value) => {
      let copy = known.get(name)
      if (!copy) known.set(name, (copy = definitions[name] ? build(definitions[name]) : () => detour))
      return copy(value)
    }
  }

  function byType(node: JsonSchema): Copy {
    if ('const' in node)
      return (value) => (value === node['const'] && typeof value !== 'object' ? value : detour)
    switch (node['type']) {
      case 'string':
        return node['format'] === undefined || !times.has(String(node['format'])) ? copyText : copyTime
      case 'integer':
        return (value) => (Number.isInteger(value) ? copyNumber(value as number) : detour)
      case 'number':
        return (value) => (typeof value === 'number' ? copyNumber(value) : detour)
      case 'boolean':
        return (value) => (typeof value === 'boolean' ? value : detour)
      case 'null':
        return (value) => (value === null ? null : detour)
      case 'array':
        return list(node)
      case 'object':
        return object(node)
      default:
        return Object.keys(node).every((key) => annotations.has(key)) ? copyAny : () => detour
    }
  }

  function list({ items }: JsonSchema): Copy {
    if (!isSchema(items)) return () => detour
    const copy = build(items)
    return (value) => (Array.isArray(value) ? copyEach(value, copy) : detour)
  }

  function object(node: JsonSchema): Copy {
    const extra = node['additionalProperties']
    const properties = node['properties'] as Record<string, JsonSchema> | undefined
    if (!properties && isSchema(extra)) {
      const copy = build(extra)
      return (value) => (isObject(value) ? copyEntries(value, copy) : detour)
    }
    if (!properties || (extra !== undefined && extra !== false)) return () => detour
    return record(properties, new Set(node['required'] as string[] | undefined))
  }

  function record(properties: Record<string, JsonSchema>, required: Set<string>): Copy {
    const fields = Object.entries(properties)
      .map(([key, node]) => ({
        key,
        copy: build(node),
        optional: !required.has(key) && !('default' in node),
      }))
      // As the serialiser orders them.
      .toSorted((a, b) => Number(required.has(b.key)) - Number(required.has(a.key)))
    return (value) => {
      if (!isObject(value)) return detour
      const result: Record<string, unknown> = {}
      for (const { key, copy, optional } of fields) {
        const given = value[key]
        if (given === undefined) {
          if (optional) continue
          return detour
        }
        const copied = copy(given)
        if (copied === detour) return detour
        result[key] = copied
      }
      return result
    }
  }

  return build(schema)
}

const unusual = ['anyOf', 'oneOf', 'allOf', 'not', 'if', 'patternProperties', 'prefixItems']
const annotations = new Set(['$defs', 'title', 'description', 'examples', 'deprecated'])
/** Formats that the serialiser writes as they are, unescaped. */
const times = new Set(['date-time', 'date', 'time'])
const timeText = /^[\dTZ:.+-]*$/

const copyText: Copy = (value) => (typeof value === 'string' ? value : detour)
const copyTime: Copy = (value) => (typeof value === 'string' && timeText.test(value) ? value : detour)

/** JSON knows neither infinities nor a zero below zero. */
function copyNumber(value: number): unknown {
  return Number.isFinite(value) ? value + 0 : detour
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
}

function copyEach(values: readonly unknown[], copy: Copy): unknown {
  const result: unknown[] = []
  for (const value of values) {
    const copied = copy(value)
    if (copied === detour) return detour
    result.push(copied)
  }
  return result
}

function copyEntries(value: object, copy: Copy): unknown {
  if ('toJSON' in value) return detour
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const given = (value as Record<string, unknown>)[key]
    if (given === undefined) continue
    const copied = copy(given)
    if (copied === detour || key === '__proto__') return detour
    result[key] = copied
  }
  return result
}
