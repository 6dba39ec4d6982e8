import { faults } from '@cenopie/platform-contract'
import type { AnyStream, FaultType } from '@cenopie/platform-contract'
import { jsonSchemaOf } from '../schemas.ts'
import type { JsonSchema } from '../schemas.ts'
import { described, securityOf } from './about.ts'
import { lift } from './lift.ts'
import { readParameters } from './parameters.ts'
import { possibleFaults, problemResponses } from './problems.ts'

/** A stream by its methods. */
export function describeStream(
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
