import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Exchange } from '../client/client.ts'
import { operationOf, type OpenApiDocument } from './document.ts'

/** Says how an answer differs from what the document promises, or undefined. */
export type ResponseCheck = (exchange: Exchange) => string | undefined

export function responseCheck(document: OpenApiDocument): ResponseCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(document, 'document')

  return (exchange) => {
    const { operation, status, headers, body } = exchange
    const differs = (how: string) => `${operationOf(exchange)} answered ${status}: ${how}`
    const method = operation.method.toLowerCase()
    const documented = document.paths[operation.path]?.[method]?.responses[status]
    if (!documented) return differs('a status the document does not name')
    const mediaType = headers.get('content-type')?.split(';')[0]
    const { content } = documented
    if (!content) return body === '' ? undefined : differs('a body the document does not name')
    const named = [mediaType, mediaType?.replace(/\/.*/, '/*')].find((type) => type && content[type])
    if (!named) return differs(`${mediaType} instead of ${Object.keys(content)}`)
    // Of a file nothing more is promised.
    if (!content[named]?.schema) return undefined
    const pointer = ['paths', operation.path, method, 'responses', String(status), 'content', named, 'schema']
    const $ref = `document#/${pointer.map(escaped).join('/')}`
    const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref })
    return validate(body) ? undefined : differs(ajv.errorsText(validate.errors, { dataVar: 'body' }))
  }
}

/** A segment of a JSON pointer inside a URI fragment. */
function escaped(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))
}
