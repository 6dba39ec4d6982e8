import type { AnyCheck, AnyOperation, FieldError } from '@cenopie/platform-contract'
import { invalid } from '@cenopie/platform-contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fastJson from 'fast-json-stringify'
import { copyBySchema, detour } from './copy.ts'
import type { Copy } from './copy.ts'
import { forSerialiser, jsonSchemaOf } from './schemas.ts'

/** An operation's schemas, compiled once. */
export interface Compiled {
  /** Fills in defaults and throws `invalid-input` naming every field at fault. Mutates its argument. */
  validate(input: unknown): Record<string, unknown>
  /** Serialises and trims to the output schema. `undefined` for operations without output. */
  readonly stringify: ((output: unknown) => string) | undefined
  /** What a reader of that text would have. */
  copy(output: unknown): unknown
}

/** An operation, or what a stream has of one; a feed's events are its output. */
export type Compilable = Pick<AnyOperation, 'inputSchema' | 'path' | 'output' | 'mediaType'> & {
  checks?: readonly AnyCheck[]
}

// Lengths are counted in UTF-16 units, as zod counts them: what passes here passes there.
const options = {
  unicode: false,
  // It would announce on standard error that `unicode` may go one day.
  logger: false,
  useDefaults: true,
  allErrors: true,
  strict: false,
  allowUnionTypes: true,
} as const
const exact = addFormats.default(new Ajv2020(options))
/** Path and query arrive as strings. */
const coercing = addFormats.default(new Ajv2020({ ...options, coerceTypes: 'array' }))

const maxErrors = 20

/**
 * Makes JSON Schema of both sides at once, so that a contract that is no wire contract does not start. Code is
 * compiled from it when the operation is first used: doing so for all of them at boot took longer than the rest of it.
 */
export function compile(operation: Compilable, source: 'text' | 'json'): Compiled {
  const input = jsonSchemaOf(operation.inputSchema, 'input')
  const output = operation.output && jsonSchemaOf(operation.output, 'output')
  if (operation.mediaType && output?.['type'] !== 'string')
    throw new Error(`${operation.path}: a page is a string`)
  let validator: ValidateFunction | undefined
  let serialise: ((output: unknown) => string) | undefined
  let copy: Copy | undefined
  const stringify = output && (() => (serialise ??= fastJson(forSerialiser(output))))
  return {
    validate(received) {
      validator ??= (source === 'text' ? coercing : exact).compile(input)
      return validated(validator, operation, received)
    },
    get stringify() {
      return stringify?.()
    },
    copy(value) {
      if (!output || !stringify) return undefined
      copy ??= copyBySchema(forSerialiser(output))
      const copied = copy(value)
      return copied === detour ? (JSON.parse(stringify()(value)) as unknown) : copied
    },
  }
}

function validated(
  validator: ValidateFunction,
  operation: Compilable,
  input: unknown,
): Record<string, unknown> {
  if (!validator(input)) throw invalid(...fieldErrors(validator.errors ?? []))
  const received = input as Record<string, unknown>
  if (!isStorable(received)) {
    const field = unstorableField(received, '') as string
    throw invalid({ field, message: 'must not contain U+0000 or half of a surrogate pair' })
  }
  const refused = (operation.checks ?? []).flatMap((check) => check.refuse(received) ?? [])
  if (refused.length > 0) throw invalid(...refused)
  return received
}

/** PostgreSQL holds every character but U+0000, and only whole ones. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  // Half the time of for…in, here.
  for (const key of Object.keys(value)) if (!isStorable((value as Record<string, unknown>)[key])) return false
  return true
}

/** The path of the first field at fault. */
function unstorableField(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : path
  if (typeof value !== 'object' || value === null) return undefined
  for (const key of Object.keys(value)) {
    const found = unstorableField(
      (value as Record<string, unknown>)[key],
      path === '' ? key : `${path}.${key}`,
    )
    if (found !== undefined) return found
  }
  return undefined
}

/** One message a field; of a format and its pattern the format says more. */
function fieldErrors(errors: ErrorObject[]): FieldError[] {
  const byField = new Map<string, FieldError>()
  for (const error of errors.toSorted(
    (a, b) => Number(a.keyword === 'pattern') - Number(b.keyword === 'pattern'),
  )) {
    const field = fieldOf(error)
    if (!byField.has(field)) byField.set(field, { field, message: messageOf(error) })
  }
  return [...byField.values()].slice(0, maxErrors)
}

function fieldOf(error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1).map(unescape)
  const params = error.params as { missingProperty?: string; additionalProperty?: string }
  const last = params.missingProperty ?? params.additionalProperty
  return [...path, ...(last === undefined ? [] : [last])].join('.') || 'body'
}

/** JSON Pointer's escapes, RFC 6901 §4. */
function unescape(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

function messageOf(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') return 'is not a known field'
  if (error.keyword === 'required') return 'is required'
  if (error.keyword === 'enum')
    return `must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}`
  if (error.keyword === 'pattern') return 'does not have the required form'
  return error.message ?? 'is not valid'
}
