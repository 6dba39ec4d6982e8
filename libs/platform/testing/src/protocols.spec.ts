import { once } from 'node:events'
import { request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { buffer, json, text } from 'node:stream/consumers'
import { Fault, faults } from '@cenopie/platform-contract'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createShelf, torn } from './fixture/shelf.ts'
import type { ShelfScript, shelfContract } from './fixture/shelf.ts'
import { testModule, userActor } from './index.ts'
import type { TestModule } from './index.ts'

const bring = vi.fn<ShelfScript['bring']>()
let app: TestModule<typeof shelfContract>
let authorization: string

beforeAll(async () => {
  app = await testModule(createShelf({ read: vi.fn(), hear: vi.fn(), bring }), {
    platform: { requestSeconds: 1, idleSeconds: 2 },
  })
  authorization = await app.tokenOf(userActor())
})
beforeEach(() => void bring.mockReset())
afterAll(() => app.close())

const path = '/api/v1/shelf/deliveries'
const megabyte = Buffer.alloc(1024 * 1024, 'x')

function send(method: string, url = path, headers: Record<string, string | number> = {}): ClientRequest {
  return request(new URL(url, app.platform.url), { method, headers: { authorization, ...headers } })
}
async function answerTo(outgoing: ClientRequest) {
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return answer
}

test('its handler gets the request as it came: the path below, the body, however large and of whatever type', async () => {
  bring.mockImplementation(async (incoming, response, { actor }) => {
    const { length } = await buffer(incoming)
    response.writeHead(207, { 'x-cart': 'full' }).end(`${actor.kind} ${incoming.url} ${length}`)
  })
  const url = `${path}/of/today?in=carts`
  const outgoing = send('PATCH', url, { 'content-type': 'application/offset+octet-stream' })
  for (let number = 0; number < 8; number += 1) outgoing.write(megabyte)
  const answer = await answerTo(outgoing.end())
  expect(answer).toMatchObject({
    statusCode: 207,
    headers: {
      'x-cart': 'full',
      'x-request-id': expect.any(String),
      'x-content-type-options': 'nosniff',
      'ratelimit-limit': expect.any(String),
    },
  })
  expect(await text(answer)).toBe(`user ${url} ${8 * megabyte.length}`)
  const { body } = await app.http({ method: 'GET', url: '/metrics' })
  expect(body).toContain(
    `cenopie_stream_bytes_total{method="PATCH",route="${path}/*"} ${8 * megabyte.length}`,
  )
})

test('only its methods, on its path and below, and only for whom it is', async () => {
  bring.mockImplementation(async (incoming, response) => {
    incoming.resume()
    response.end('here')
  })
  for (const url of [path, `${path}/`, `${path}/a/b`])
    expect((await answerTo(send('OPTIONS', url).end())).resume().statusCode).toBe(200)
  bring.mockClear()
  expect((await answerTo(send('PUT').end())).resume().statusCode).toBe(404)
  expect((await answerTo(send('POST', `${path}like`).end())).resume().statusCode).toBe(404)
  expect(await app.http({ method: 'POST', url: path, body: 'a' })).toMatchObject({
    status: 401,
    body: { code: 'unauthenticated' },
  })
  expect(bring).not.toHaveBeenCalled()
})

test('faults are problems until the answer begins; then it breaks off', async () => {
  bring.mockImplementation(async (_incoming, response) => {
    response.setHeader('x-cart', 'half').setHeader('content-length', 3)
    throw new Fault(torn)
  })
  const refused = await answerTo(send('POST').end('a'))
  expect(refused).toMatchObject({ statusCode: 409 })
  expect(refused.headers).not.toHaveProperty('x-cart')
  expect(await json(refused)).toMatchObject({ code: 'shelf.torn' })
  for (const failure of [new Error('inside'), new Fault(faults.forbidden)]) {
    bring.mockRejectedValueOnce(failure)
    expect((await answerTo(send('POST').end('a'))).resume().statusCode).toBe(500)
  }
  bring.mockImplementation(async (_incoming, response) => {
    await new Promise((sent) => response.writeHead(200).write('begun', sent))
    throw new Error('inside')
  })
  const broken = await answerTo(send('POST').end('a'))
  await expect(text(broken)).rejects.toThrow('aborted')
})

test('lasts longer than a request may, as long as something comes', async () => {
  bring.mockImplementation(async (incoming, response) => {
    response.end(String((await buffer(incoming)).length))
  })
  const outgoing = send('PATCH', path, { 'content-length': 2 })
  outgoing.write('a')
  // Whoever leaves anything else unfinished is turned away after the longest time of a request.
  const unfinished = send('POST', '/api/v1/shelf/nothing', { 'content-length': 2 })
  unfinished.write('a')
  const other = await answerTo(unfinished)
  expect(other.resume().statusCode).toBe(404)
  await once(unfinished, 'close')
  outgoing.end('b')
  expect(await text(await answerTo(outgoing))).toBe('2')
})

test('a body that nobody reads does not pile up, and silence ends it', async () => {
  const left = Promise.withResolvers<void>()
  bring.mockImplementation(async (_incoming, _response, { signal }) => {
    signal.addEventListener('abort', () => left.resolve())
    await left.promise
  })
  const outgoing = send('PATCH')
  const broken = new Promise((resolve) => outgoing.on('close', resolve))
  outgoing.on('error', () => {})
  let taken = 0
  const write = () => {
    while (taken < 256 && outgoing.write(megabyte)) taken += 1
    taken += 1
  }
  outgoing.on('drain', write)
  write()
  await left.promise
  await broken
  expect(taken).toBeLessThan(64)
})

test('its deadline is that of what it asks for next, and it hears who leaves', async () => {
  const heard = Promise.withResolvers<number>()
  bring.mockImplementation(async (incoming, _response, call) => {
    const first = call.deadline
    incoming.resume()
    await once(call.signal, 'abort')
    heard.resolve(call.deadline - first)
  })
  const outgoing = send('PATCH')
  outgoing.on('error', () => {})
  outgoing.write('a')
  await vi.waitFor(() => expect(bring).toHaveBeenCalled())
  outgoing.destroy()
  expect(await heard.promise).toBeGreaterThanOrEqual(0)
})
