import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotes } from './fixture/notes.ts'
import type { notesContract } from './fixture/notes.ts'
import { testModule } from './index.ts'
import type { TestModule } from './index.ts'

let app: TestModule<typeof notesContract>

beforeAll(async () => {
  app = await testModule(createNotes(), { platform: { requestSeconds: 1 } })
})
afterAll(() => app.close())

/** Sends these bytes as they are and reads until the server closes the connection. */
async function raw(bytes: string) {
  const { hostname, port } = new URL(app.platform.url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  const answer = await text(socket)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return {
    status: Number(head.split(' ')[1]),
    type: /^content-type: (.*)$/im.exec(head)?.[1],
    body: JSON.parse(body) as unknown,
  }
}
const head = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')

test.each([
  ['a path that does not decode', head('GET /api/v1/notes/%E0%A4%A'), 400, 'invalid-input'],
  ['what is no HTTP', 'HELO localhost\r\n\r\n', 400, 'invalid-input'],
  ['two lengths', head('POST /api/v1/notes', 'Content-Length: 3', 'Content-Length: 4'), 400, 'invalid-input'],
  [
    'headers without end',
    head('GET /health/live', `X-Long: ${'x'.repeat(20_000)}`),
    413,
    'payload-too-large',
  ],
  ['a path parameter without end', head(`GET /api/v1/notes/${'x'.repeat(2_000)}`), 400, 'invalid-input'],
  ['an unknown method', head('PROPFIND /api/v1/notes'), 404, 'not-found'],
  [
    'a body that never comes',
    head('POST /api/v1/notes', 'Content-Type: application/json', 'Content-Length: 9'),
    401,
    'unauthenticated',
  ],
])('%s is answered with a problem', async (_name, bytes, status, code) => {
  const answer = await raw(bytes)
  expect(answer).toMatchObject({ status, body: { code, status } })
  expect(answer.type).toContain('application/problem+json')
})

test('a body that stops half-way is a problem after the longest time of a request', async () => {
  const answer = await raw('POST /api/v1/notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9')
  expect(answer).toMatchObject({ status: 408, body: { code: 'request-timeout' } })
})

test.each([
  ['repeated', '?times=1&times=2', 'times'],
  ['empty', '?times=', 'times'],
  ['of the prototype', '?__proto__=1', '__proto__'],
  ['unknown', '?constructor=1', 'constructor'],
])('a query field that is %s is refused by name', async (_name, query, field) => {
  const answer = await app.http({ method: 'GET', url: `/api/v1/notes/${randomUUID()}${query}` })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } })
})

test('HEAD answers like GET without a body; other methods have no route', async () => {
  const url = `/api/v1/notes/${randomUUID()}`
  expect(await app.http({ method: 'HEAD', url })).toMatchObject({ status: 404, body: '' })
  for (const method of ['PUT', 'OPTIONS'])
    expect(await app.http({ method, url })).toMatchObject({ status: 404, body: { code: 'not-found' } })
})
