import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** Files of the browsable reference; read from disk when somebody looks, so they cost no memory otherwise. */
const files = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Cenopie API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <main id="reference"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

const start = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
})
`

const policy = `default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'`

/** The browsable reference at `/docs`, over the OpenAPI document. */
export function mountReference(server: FastifyInstance): void {
  const html = { type: 'text/html; charset=utf-8', policy }
  server.get('/docs', (_request, reply) =>
    reply.header('content-type', html.type).header('content-security-policy', html.policy).send(page),
  )
  server.get('/docs/', (_request, reply) => reply.redirect('/docs', 308))
  server.get('/docs/start.js', (_request, reply) =>
    reply.header('content-type', files['swagger-ui-bundle.js']).send(start),
  )
  for (const [name, type] of Object.entries(files)) {
    server.get(`/docs/${name}`, (_request, reply) =>
      reply
        .header('content-type', type)
        .header('cache-control', 'public, max-age=86400')
        .send(createReadStream(join(folder, name))),
    )
  }
}
