import { faults } from '@cenopie/platform-contract'
import type { AnyOperation, Contract, FaultType } from '@cenopie/platform-contract'
import { jsonSchemaOf } from './schemas.ts'
import type { JsonSchema } from './schemas.ts'
import { statusOf } from './problem.ts'

const problem: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. `code` is stable; `errors` names the fields at fault.',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The first answer is replayed for 24 hours; the same key with another request is refused.',
  schema: { type: 'string', maxLength: 255 },
}

/** Prints OpenAPI 3.1 from the contracts; internal operations stay inside. */
export function openApi(contracts: readonly Contract[], publicUrl: string): JsonSchema {
  const schemas: Record<string, unknown> = { Problem: problem }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const contract of contracts) {
    for (const [key, operation] of Object.entries(contract.operations)) {
      if (operation.access === 'internal') continue
      const entry = (paths[operation.path] ??= {})
      entry[operation.method.toLowerCase()] = describe(contract.name, key, operation, schemas)
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cenopie',
      version: '1.0.0',
      description: 'Hiring platform and professional network.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: contracts.map(({ name }) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

function describe(
  domain: string,
  key: string,
  operation: AnyOperation,
  schemas: Record<string, unknown>,
): JsonSchema {
  const input = lift(jsonSchemaOf(operation.inputSchema, 'input'), schemas)
  const properties = { ...(input['properties'] as Record<string, JsonSchema> | undefined) }
  const required = new Set(input['required'] as string[] | undefined)
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const parameters: unknown[] = inPath.map((name) => parameter(name, 'path', properties, true))
  const reads = operation.method === 'GET' || operation.method === 'DELETE'
  for (const name of inPath) delete properties[name]
  if (reads)
    for (const name of Object.keys(properties))
      parameters.push(parameter(name, 'query', properties, required.has(name)))
  else parameters.push(idempotencyKey)
  const body = {
    ...input,
    properties,
    required: [...required].filter((name) => name in properties),
  }
  return {
    operationId: `${domain}_${key}`,
    tags: [domain],
    summary: operation.summary,
    ...described(operation),
    security: operation.access === 'user' ? [{ accessToken: [] }] : [{}, { accessToken: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(reads || Object.keys(properties).length === 0
      ? {}
      : {
          requestBody: {
            required: body.required.length > 0,
            content: {
              'application/json': { schema: body },
              ...(operation.forms && { 'application/x-www-form-urlencoded': { schema: body } }),
            },
          },
        }),
    responses: responses(operation, schemas),
  }
}

function described({ description, deprecated }: AnyOperation): JsonSchema {
  if (!deprecated) return description === undefined ? {} : { description }
  const { since, sunset, successor } = deprecated
  const instead = successor ? ` Use ${successor.method} ${successor.path} instead.` : ''
  const notice = `Deprecated since ${since}; may be gone after ${sunset}.${instead}`
  return { description: [description, notice].filter(Boolean).join('\n\n'), deprecated: true }
}

function parameter(name: string, place: string, properties: Record<string, JsonSchema>, required: boolean) {
  const { description, ...schema } = properties[name] ?? {}
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema }
}

function responses(operation: AnyOperation, schemas: Record<string, unknown>): JsonSchema {
  const result: JsonSchema = {
    [operation.status]: operation.output
      ? {
          description: 'Done.',
          content: {
            [operation.mediaType ?? 'application/json']: {
              schema: lift(jsonSchemaOf(operation.output, 'output'), schemas),
            },
          },
        }
      : { description: 'Done; no content.' },
  }
  const common = [faults.invalidInput, faults.rateLimited, faults.unavailable]
  const possible = [
    ...common,
    ...(operation.access === 'user' ? [faults.unauthenticated] : []),
    ...operation.faults,
  ]
  const byStatus = Map.groupBy(possible, ({ kind }) => statusOf[kind])
  for (const [status, types] of [...byStatus].sort(([a], [b]) => a - b))
    result[status] = problemResponse(types, operation.mediaType)
  return result
}

function problemResponse(types: readonly FaultType[], mediaType: AnyOperation['mediaType']): JsonSchema {
  return {
    description: [...new Set(types.map(({ code, title }) => `\`${code}\`: ${title}`))].join('\n\n'),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      ...(mediaType && { [mediaType]: { schema: { type: 'string', description: 'For browsers.' } } }),
    },
  }
}

/** Moves `$defs` to the components and points the references there. */
function lift(schema: JsonSchema, schemas: Record<string, unknown>): JsonSchema {
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
