import type { Exchange } from '../client/client.ts'

/** As much of an OpenAPI document as these checks read. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>
}

export interface DocumentedOperation {
  operationId: string
  /** What it is if it is no operation of ours: `content`, `feed` or `protocol`. Clients of its own call it. */
  'x-stream'?: string
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

export async function readDocument(url: string): Promise<OpenApiDocument> {
  const response = await fetch(`${url}/api/v1/openapi.json`)
  return (await response.json()) as OpenApiDocument
}

/** `POST /api/v1/…` of every operation and file that the document names; the journeys speak to other streams themselves. */
export function documentedOperations({ paths }: OpenApiDocument): string[] {
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method, { 'x-stream': stream }]) => !stream || (stream === 'content' && method === 'get'))
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    )
    .sort()
}

export function operationOf({ operation }: Pick<Exchange, 'operation'>): string {
  return `${operation.method} ${operation.path}`
}
