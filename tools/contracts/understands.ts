import type { JsonSchema } from '@cenopie/platform-runtime'
import { brokenBounds, fits, isOfType, unknownKeywords } from './bounds.ts'
import { branchesOf, disjoint, expanded, spelt, valuesOf } from './forms.ts'

/** How one side reads what the other wrote. */
export interface Reading {
  /** It overlooks fields it does not know, whatever its schema says. */
  overlooksUnknown: boolean
  /** It misses a field it knows and that is never written any more, even one that was optional. */
  missesGone: boolean
  /** The writer fills in defaults, so a field with one is always there. */
  writesDefaults: boolean
  /** What a left out field stands for is part of the promise. */
  heedsDefaults: boolean
}

/** Where something written would not be understood. */
export interface Gap {
  /** `$.items[].name`. */
  path: string
  written: string
  read: string
}

/** A schema and the document its `$ref`s lead into. */
export interface Rooted {
  schema: JsonSchema
  root: unknown
}

/**
 * Whether everything `written` can say, `read` understands; if not, where. Decides the part of JSON Schema that zod's
 * wire types become; what it cannot decide it reports as a gap.
 */
export function gaps(written: Rooted, read: Rooted, reading: Reading): Gap[] {
  return new Comparison(reading, written.root, read.root).of(written.schema, read.schema, '$')
}

const nothing = 'nothing'

class Comparison {
  readonly #reading: Reading
  readonly #roots: { written: unknown; read: unknown }
  /** Pairs that are understood, or under comparison: a type that contains itself is understood if its parts are. */
  #assumed = new Set<string>()

  constructor(reading: Reading, written: unknown, read: unknown) {
    this.#reading = reading
    this.#roots = { written, read }
  }

  of(writtenAs: JsonSchema, readAs: JsonSchema, path: string): Gap[] {
    if (spelt(writtenAs, this.#roots.written) === spelt(readAs, this.#roots.read)) return []
    const before = new Set(this.#assumed)
    const pair = JSON.stringify([writtenAs, readAs])
    if (before.has(pair)) return []
    this.#assumed.add(pair)
    const [written, read] = [this.#written(writtenAs), this.#read(readAs)]
    const alternatives = [branchesOf(written), branchesOf(read)] as const
    const found =
      alternatives[0].length > 1 || alternatives[1].length > 1
        ? this.#alternatives(...alternatives, path, read)
        : this.#one(alternatives[0][0]!, alternatives[1][0]!, path)
    if (found.length > 0) this.#assumed = before
    return found
  }

  #written = (schema: JsonSchema) => expanded(schema, this.#roots.written)
  #read = (schema: JsonSchema) => expanded(schema, this.#roots.read)

  /** Each form that may be written must be one that is read. Of those that come close, the closest tells why not. */
  #alternatives(written: JsonSchema[], read: JsonSchema[], path: string, whole: JsonSchema): Gap[] {
    const undecided = 'oneOf' in whole && !disjoint(read.map(this.#read))
    return written.flatMap((form) => {
      const near = read.filter((candidate) => !disjoint([this.#written(form), this.#read(candidate)]))
      if (undecided || near.length === 0) return [gap(path, form, whole)]
      const found = near.map((candidate) => this.of(form, candidate, path))
      return found.toSorted((a, b) => a.length - b.length)[0]!
    })
  }

  #one(written: JsonSchema, read: JsonSchema, path: string): Gap[] {
    const { written: wroteIn, read: readIn } = this.#roots
    const undecided = unknownKeywords(written, read).filter(
      (key) => spelt(written[key], wroteIn) !== spelt(read[key], readIn),
    )
    if (undecided.length > 0)
      return undecided.map((key) => ({ path, written: said(key, written), read: said(key, read) }))
    const values = valuesOf(written)
    if (values) {
      const strange = values.filter((value) => !fits(value, read))
      if (strange.length > 0) return [gap(path, { enum: strange }, read)]
      if (written['type'] !== 'object' && written['type'] !== 'array') return []
    }
    if (!isOfType(written, read) || (valuesOf(read) && !values)) return [gap(path, written, read)]
    return [
      ...brokenBounds(written, read).map((key) => ({
        path,
        written: said(key, written),
        read: said(key, read),
      })),
      ...this.#items(written, read, path),
      ...this.#properties(written, read, path),
      ...this.#names(written, read, path),
    ]
  }

  #items(written: JsonSchema, read: JsonSchema, path: string): Gap[] {
    const [wrote, reads] = [written['items'], read['items']]
    if (read['type'] !== 'array' || !isSchema(reads)) return []
    return isSchema(wrote) ? this.of(wrote, reads, `${path}[]`) : [gap(`${path}[]`, {}, reads)]
  }

  #names(written: JsonSchema, read: JsonSchema, path: string): Gap[] {
    const [wrote, reads] = [written['propertyNames'], read['propertyNames']]
    if (!isSchema(reads)) return []
    return this.of(isSchema(wrote) ? wrote : { type: 'string' }, reads, `${path}.{name}`)
  }

  #properties(written: JsonSchema, read: JsonSchema, path: string): Gap[] {
    const { overlooksUnknown, missesGone, writesDefaults, heedsDefaults } = this.#reading
    const [wrote, reads] = [propertiesOf(written), propertiesOf(read)]
    const [wroteOthers, readsOthers] = [written['additionalProperties'], read['additionalProperties']]
    const found: Gap[] = []
    for (const [name, known] of Object.entries(reads)) {
      const at = `${path}.${name}`
      const sent = wrote[name] ?? (isSchema(wroteOthers) ? wroteOthers : undefined)
      const needed = isRequired(read, name)
      if (!sent) {
        if (needed || missesGone) found.push({ path: at, written: nothing, read: brief(known, needed) })
        continue
      }
      const sure = isRequired(written, name) || (writesDefaults && 'default' in sent)
      if (needed && !sure) found.push({ path: at, written: brief(sent, false), read: brief(known, true) })
      if (heedsDefaults && !isRequired(written, name) && said('default', sent) !== said('default', known))
        found.push({ path: at, written: said('default', sent), read: said('default', known) })
      found.push(...this.of(sent, known, at))
    }
    for (const [name, sent] of Object.entries(wrote)) {
      if (name in reads) continue
      if (isSchema(readsOthers)) found.push(...this.of(sent, readsOthers, `${path}.${name}`))
      else if (readsOthers === false && !overlooksUnknown)
        found.push({
          path: `${path}.${name}`,
          written: brief(sent, isRequired(written, name)),
          read: nothing,
        })
    }
    if (isSchema(wroteOthers)) {
      if (isSchema(readsOthers)) found.push(...this.of(wroteOthers, readsOthers, `${path}.*`))
      else if (missesGone || readsOthers === false) found.push(gap(`${path}.*`, wroteOthers, {}))
    }
    return found
  }
}

const propertiesOf = (schema: JsonSchema) => (schema['properties'] ?? {}) as Record<string, JsonSchema>
const isRequired = (schema: JsonSchema, name: string) =>
  ((schema['required'] ?? []) as string[]).includes(name)

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function gap(path: string, written: JsonSchema, read: JsonSchema): Gap {
  return { path, written: brief(written), read: brief(read) }
}

function said(key: string, schema: JsonSchema): string {
  return key in schema ? `${key} ${JSON.stringify(schema[key])}` : `no ${key}`
}

/** A schema in a few words: its name, its values, or its type. */
function brief(schema: JsonSchema, required?: boolean): string {
  const { $ref, type, anyOf, oneOf } = schema
  const values = type === 'boolean' ? undefined : valuesOf(schema)
  const forms = (anyOf ?? oneOf) as JsonSchema[] | undefined
  const text =
    typeof $ref === 'string'
      ? $ref.slice($ref.lastIndexOf('/') + 1)
      : values
        ? values.map((value) => JSON.stringify(value)).join(' | ')
        : forms
          ? forms.map((form) => brief(form)).join(' | ')
          : type === undefined
            ? 'anything'
            : [type].flat().join(' | ')
  return required === undefined ? text : `${required ? 'required' : 'optional'} ${text}`
}
