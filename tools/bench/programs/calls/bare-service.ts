/** The note without anything around it. */
import { createServer } from 'node:http'
import { input } from './echo.ts'

const server = createServer((request, response) => {
  const noteId = request.url?.split('/').at(-1)
  const body = JSON.stringify({ ...input.note, id: noteId })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
})
process.once('SIGTERM', () => process.exit(0))
server.listen(Number(process.env['PORT']), '127.0.0.1')
