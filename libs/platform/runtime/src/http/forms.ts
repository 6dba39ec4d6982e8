import { Fault, faults, invalid } from '@cenopie/platform-contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether this route reads HTML forms too. */
    forms?: boolean
  }
}

/** The two media types of HTML forms, for operations that declare them; files in them are refused. */
export function readForms(server: FastifyInstance): void {
  const types = ['application/x-www-form-urlencoded', 'multipart/form-data']
  server.addContentTypeParser(types, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (!request.routeOptions.config.forms) {
      throw new Fault(faults.unsupportedMediaType, { detail: 'Send application/json.' })
    }
    const type = request.headers['content-type'] ?? ''
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
      .formData()
      .catch(() => {
        throw invalid({ field: 'body', message: 'cannot be read' })
      })
    return Object.fromEntries(form)
  })
}
