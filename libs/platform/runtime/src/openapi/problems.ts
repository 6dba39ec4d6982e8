import { faults } from '@cenopie/platform-contract'
import type { AnyOperation, AnyStream, FaultType } from '@cenopie/platform-contract'
import { statusOf } from '../problem.ts'
import type { JsonSchema } from '../schemas.ts'

export const problem: JsonSchema = {
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

export function possibleFaults({ access, faults: own }: AnyOperation | AnyStream): FaultType[] {
  const common = [faults.invalidInput, faults.rateLimited, faults.unavailable]
  return [...common, ...(access === 'user' ? [faults.unauthenticated] : []), ...own]
}

export function problemResponses(
  possible: readonly FaultType[],
  mediaType?: AnyOperation['mediaType'],
): JsonSchema {
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
