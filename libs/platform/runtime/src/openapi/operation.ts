import type { AnyOperation } from '@cenopie/platform-contract'
import { jsonSchemaOf } from '../schemas.ts'
import type { JsonSchema } from '../schemas.ts'
import { described, securityOf } from './about.ts'
import { lift } from './lift.ts'
import { fieldsOf, parameter, readParameters } from './parameters.ts'
import { possibleFaults, problemResponses } from './problems.ts'

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The first answer is replayed for 24 hours; the same key with another request is refused.',
  schema: { type: 'string', maxLength: 255 },
}

/** An operation by its method. */
export function describeOperation(
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
