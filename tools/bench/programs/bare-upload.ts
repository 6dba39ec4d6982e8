/** Takes what it is sent to a file, and nothing else. */
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import { pipeline } from 'node:stream/promises'

createServer((request, response) => {
  if (request.method === 'GET') return void response.end('ok')
  pipeline(request, createWriteStream(process.env['UPLOAD_FILE'] ?? '')).then(
    () => response.writeHead(204).end(),
    () => response.destroy(),
  )
}).listen(Number(process.env['PORT']), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
