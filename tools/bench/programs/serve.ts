import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A bare server on the port of `PORT`; answers `/health/ready` so that one knows when it is there. */
export function serve(handle: (body: string) => Promise<{ status: number; body: string }>) {
  const server = createServer((request, response) => {
    if (request.url === '/health/ready') return void response.end('ok')
    read(request)
      .then((body) => handle(body))
      .then(
        (answer) => send(response, answer.status, answer.body),
        (error: unknown) => {
          console.error(error)
          send(response, 500, '')
        },
      )
  })
  // Leaves by itself, so that a profile of it gets written.
  process.once('SIGTERM', () => process.exit(0))
  server.listen(Number(process.env['PORT']), '127.0.0.1')
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function read(request: IncomingMessage): Promise<string> {
  if (request.method === 'GET') return Promise.resolve('')
  return new Promise((resolve, reject) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => resolve(body))
    request.on('error', reject)
  })
}
