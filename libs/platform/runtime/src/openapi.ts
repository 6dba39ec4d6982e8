import { faults } from '@cenopie/platform-contract'
import type { AnyOperation, AnyStream, Contract, FaultType } from '@cenopie/platform-contract'
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
    for (const [key, stream] of Object.entries(contract.streams ?? {})) {
      if (stream.access === 'internal') continue
      Object.assign((paths[stream.path] ??= {}), describeStream(contract.name, key, stream, schemas))
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
  const reads = operation.method === 'GET' || operation.method === 'DELETE'
  const inPath = fieldsOf(operation.path)
  const parameters: unknown[] = reads
    ? readParameters(operation.path, input)
    : [...inPath.map((name) => parameter(name, 'path', properties, true)), idempotencyKey]
  for (const name of inPath) delete properties[name]
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
    security: securityOf(operation),
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

/** A stream by its methods. */
function describeStream(
  domain: string,
  key: string,
  stream: AnyStream,
  schemas: Record<string, unknown>,
): Record<string, JsonSchema> {
  const id = `${domain}_${key}`
  const about = {
    tags: [domain],
    summary: stream.summary,
    ...described(stream),
    security: securityOf(stream),
    'x-stream': stream.kind,
  }
  const possible = (...more: FaultType[]) => problemResponses([...possibleFaults(stream), ...more])
  if (stream.kind === 'protocol') {
    const { name, methods } = stream
    const description = [described(stream)['description'], `Speaks ${name}, on this path and all below it.`]
    return Object.fromEntries(
      methods.map((method) => [
        method.toLowerCase(),
        {
          ...about,
          operationId: `${id}_${method.toLowerCase()}`,
          description: description.filter(Boolean).join('\n\n'),
          responses: { '2XX': { description: `As ${name} has it.` }, ...possible() },
        },
      ]),
    )
  }
  const input = lift(jsonSchemaOf(stream.inputSchema, 'input'), schemas)
  const parameters = readParameters(stream.path, input)
  if (stream.kind === 'feed') {
    const schema = lift(jsonSchemaOf(stream.event, 'output'), schemas)
    const responses = {
      200: {
        description: 'Server-sent events; `data` of each is JSON of this schema.',
        content: { 'text/event-stream': { schema } },
      },
      204: { description: 'There will be no more events.' },
      ...possible(),
    }
    const last = header('Last-Event-ID', 'The id of the last event that was received.')
    return { get: { ...about, operationId: id, parameters: [...parameters, last], responses } }
  }
  const content = Object.fromEntries(stream.mediaTypes.map((type) => [type, {}]))
  const responses = {
    200: { description: 'All of it.', content },
    206: { description: 'The range that was asked for.', content },
    304: { description: 'It has not changed.' },
    ...possible(faults.preconditionFailed, faults.rangeNotSatisfiable),
  }
  const range = header('Range', 'One range of bytes; `If-Range` and the other conditions of RFC 9110 hold.')
  const all = { ...about, parameters: [...parameters, range], responses }
  return { get: { ...all, operationId: id }, head: { ...all, operationId: `${id}_head` } }
}

function header(name: string, description: string): JsonSchema {
  return { name, in: 'header', description, schema: { type: 'string' } }
}

function securityOf({ access }: { access: string }): JsonSchema[] {
  return access === 'user' ? [{ accessToken: [] }] : [{}, { accessToken: [] }]
}

function described({ description, deprecated }: Described): JsonSchema {
  if (!deprecated) return description === undefined ? {} : { description }
  const { since, sunset, successor } = deprecated
  const instead = successor ? ` Use ${successor.method} ${successor.path} instead.` : ''
  const notice = `Deprecated since ${since}; may be gone after ${sunset}.${instead}`
  return { description: [description, notice].filter(Boolean).join('\n\n'), deprecated: true }
}

const fieldsOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)

/** Fields of the path, and the others of the query. */
function readParameters(path: string, input: JsonSchema): unknown[] {
  const properties = { ...(input['properties'] as Record<string, JsonSchema> | undefined) }
  const required = new Set(input['required'] as string[] | undefined)
  const inPath = fieldsOf(path)
  const inQuery = Object.keys(properties).filter((name) => !inPath.includes(name))
  return [
    ...inPath.map((name) => parameter(name, 'path', properties, true)),
    ...inQuery.map((name) => parameter(name, 'query', properties, required.has(name))),
  ]
}

interface Described {
  description?: string
  deprecated?: { since: string; sunset: string; successor?: { method: string; path: string } }
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
  return { ...result, ...problemResponses(possibleFaults(operation), operation.mediaType) }
}

function possibleFaults({ access, faults: own }: AnyOperation | AnyStream): FaultType[] {
  const common = [faults.invalidInput, faults.rateLimited, faults.unavailable]
  return [...common, ...(access === 'user' ? [faults.unauthenticated] : []), ...own]
}

function problemResponses(possible: readonly FaultType[], mediaType?: AnyOperation['mediaType']): JsonSchema {
  const byStatus = Map.groupBy(possible, ({ kind }) => statusOf[kind])
  const sorted = [...byStatus].sort(([a], [b]) => a - b)
  return Object.fromEntries(sorted.map(([status, types]) => [status, problemResponse(types, mediaType)]))
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
