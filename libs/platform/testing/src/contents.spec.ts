import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { Fault, faults } from '@cenopie/platform-contract'
import { defineModule } from '@cenopie/platform-runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bookOf, createShelf, endless, shelfContract, torn } from './fixture/shelf.ts'
import type { ShelfScript } from './fixture/shelf.ts'
import { anonymousCall, testModule, userActor } from './index.ts'
import type { TestModule } from './index.ts'

const read = vi.fn<ShelfScript['read']>()
let app: TestModule<typeof shelfContract>

beforeAll(async () => {
  app = await testModule(createShelf({ read, hear: vi.fn(), bring: vi.fn() }), {
    platform: { requestSeconds: 1, idleSeconds: 1 },
  })
})
beforeEach(() => void read.mockReset())
afterAll(() => app.close())

const path = '/api/v1/shelf/books/a'
const get = (headers: Record<string, string> = {}, url = path) => app.http({ method: 'GET', url, headers })

/** The answer's head, unread. Not by `fetch`, which speaks of caches where there are conditions. */
async function begun(headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> {
  const outgoing = request(new URL(path, app.platform.url), { method, headers }).end()
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return answer
}

describe('a content', () => {
  test('comes whole, with what it is and how long it keeps', async () => {
    const { book, text, opened } = bookOf(1000, {
      disposition: { type: 'attachment', filename: '../Über "Bücher".txt' },
    })
    read.mockResolvedValue(book)
    const answer = await get()
    expect(answer).toMatchObject({ status: 200, body: text })
    expect(opened).toEqual([undefined])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      etag: '"book-of-1000"',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'cache-control': 'private, max-age=60',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="?ber \\"B?cher\\".txt"; filename*=UTF-8''%C3%9Cber%20%22B%C3%BCcher%22.txt`,
      'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      'ratelimit-limit': expect.any(String),
    })
  })

  test('HEAD says the same and opens nothing', async () => {
    const { book, opened } = bookOf(1000)
    read.mockResolvedValue(book)
    const answer = await begun({ range: 'bytes=0-9' }, 'HEAD')
    expect(answer.resume()).toMatchObject({ statusCode: 200, headers: { 'content-length': '1000' } })
    expect(opened).toEqual([])
  })

  test('may be empty', async () => {
    read.mockResolvedValue(bookOf(0).book)
    expect(await get()).toMatchObject({ status: 200, body: '' })
    expect(await get({ range: 'bytes=0-' })).toMatchObject({ status: 416 })
  })

  test.each([
    ['the beginning', 'bytes=0-9', 0, 9],
    ['one byte', 'bytes=5-5', 5, 5],
    ['the rest', 'bytes=990-', 990, 999],
    ['more than there is', 'bytes=990-5000', 990, 999],
    ['the end', 'bytes=-10', 990, 999],
    ['an end longer than the whole', 'bytes=-5000', 0, 999],
    ['another spelling', 'Bytes= 1-2 ', 1, 2],
  ])('in part: %s', async (_case, range, start, end) => {
    const { book, text, opened } = bookOf(1000)
    read.mockResolvedValue(book)
    const answer = await get({ range })
    expect(answer).toMatchObject({ status: 206, body: text.slice(start, end + 1) })
    expect(opened).toEqual([{ start, end }])
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`)
    expect(answer.headers.get('content-length')).toBe(String(end - start + 1))
  })

  test.each(['bytes=5-2', 'bytes=-', 'bytes=a-b', 'pages=1-2', 'bytes=0-1,5-6', 'bytes=1'])(
    'whole where a range is none or too many: %s',
    async (range) => {
      read.mockResolvedValue(bookOf(100).book)
      expect(await get({ range })).toMatchObject({ status: 200, body: bookOf(100).text })
    },
  )

  test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])(
    'refused where there is nothing: %s',
    async (range) => {
      const { book, opened } = bookOf(1000)
      read.mockResolvedValue(book)
      const answer = await get({ range })
      expect(answer).toMatchObject({ status: 416, body: { code: 'range-not-satisfiable', status: 416 } })
      expect(answer.headers.get('content-range')).toBe('bytes */1000')
      expect(opened).toEqual([])
    },
  )

  const modified = 'Fri, 02 Jan 2026 03:04:05 GMT'
  const later = 'Fri, 02 Jan 2026 03:04:06 GMT'
  const before = 'Fri, 02 Jan 2026 03:04:04 GMT'
  test.each([
    ['the same', { 'if-none-match': '"book-of-100"' }, 304],
    ['the same, weakly, among others', { 'if-none-match': '"a", W/"book-of-100"' }, 304],
    ['any', { 'if-none-match': '*' }, 304],
    ['another', { 'if-none-match': '"a"' }, 200],
    ['as old', { 'if-modified-since': modified }, 304],
    ['older', { 'if-modified-since': before }, 200],
    ['another, as old: the tag decides', { 'if-none-match': '"a"', 'if-modified-since': modified }, 200],
    ['the same, asked for a part', { 'if-none-match': '"book-of-100"', range: 'bytes=0-9' }, 304],
    ['must be the same and is', { 'if-match': '"a", "book-of-100"' }, 200],
    ['must be the same and is not', { 'if-match': '"a"' }, 412],
    ['must be the same, and weakly is not enough', { 'if-match': 'W/"book-of-100"' }, 412],
    ['must be as old and is', { 'if-unmodified-since': later }, 200],
    ['must be older', { 'if-unmodified-since': before }, 412],
    ['a part of the same', { 'if-range': '"book-of-100"', range: 'bytes=0-9' }, 206],
    ['a part of another: all of it', { 'if-range': '"a"', range: 'bytes=0-9' }, 200],
    ['a part of the same, weakly: all of it', { 'if-range': 'W/"book-of-100"', range: 'bytes=0-9' }, 200],
    ['a part of what is that old', { 'if-range': modified, range: 'bytes=0-9' }, 206],
    ['a part of what is not that old', { 'if-range': later, range: 'bytes=0-9' }, 200],
    ['beyond the end of another: all of it', { 'if-range': '"a"', range: 'bytes=500-' }, 200],
  ] as [string, Record<string, string>, number][])('known already: %s', async (_case, headers, status) => {
    const { book, opened } = bookOf(100)
    read.mockResolvedValue(book)
    const answer = await begun(headers)
    expect(answer.resume()).toMatchObject({ statusCode: status, headers: { etag: '"book-of-100"' } })
    expect(opened).toHaveLength(status < 300 ? 1 : 0)
    if (status === 304) expect(answer.headers).not.toHaveProperty('content-length')
  })
})

describe('a request', () => {
  test('is refused by name, and its handler hears nothing', async () => {
    const wrong = await get({}, '/api/v1/shelf/books/a?edition=10')
    expect(wrong).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', errors: [{ field: 'edition' }] },
    })
    const unknown = await get({}, '/api/v1/shelf/books/a?colour=red')
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ field: 'colour' }] } })
    expect(read).not.toHaveBeenCalled()
  })

  test('of nobody is refused where somebody is needed; what is internal does not exist', async () => {
    const url = '/api/v1/shelf/diaries/a'
    expect(await get({}, url)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    expect(await app.http({ method: 'GET', url, token: 'e30.e30.e30' })).toMatchObject({ status: 401 })
    const inside = { method: 'GET', url: '/internal/v1/shelf/books/a', actor: userActor() }
    expect(await app.http(inside)).toMatchObject({ status: 404 })
    expect(read).not.toHaveBeenCalled()
    read.mockResolvedValue(bookOf(3).book)
    expect(await app.http({ method: 'GET', url, actor: userActor() })).toMatchObject({
      status: 200,
      body: 'abc',
    })
  })

  test('gets the faults that are declared; others and broken contents say nothing of the inside', async () => {
    read.mockRejectedValueOnce(new Fault(torn))
    expect(await get()).toMatchObject({ status: 409, body: { code: 'shelf.torn' } })
    for (const failure of [new Error('inside'), new Fault(faults.forbidden)]) {
      read.mockRejectedValueOnce(failure)
      expect(await get()).toMatchObject({ status: 500, body: { code: 'internal' } })
    }
    for (const broken of [
      bookOf(3, { mediaType: 'image/png' }).book,
      bookOf(3, { mediaType: 'text/html\r\nx: y' }).book,
      bookOf(3, { etag: 'with "quotes"' }).book,
      bookOf(3, { bytes: -1 }).book,
      bookOf(3, { open: () => Promise.reject(new Error('inside')) }).book,
      bookOf(3, {
        open: () =>
          Readable.from(
            (async function* () {
              throw new Error('inside')
            })(),
          ),
      }).book,
    ]) {
      read.mockResolvedValueOnce(broken)
      const answer = await get()
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
      expect(JSON.stringify(answer.body)).not.toContain('inside')
    }
  })

  test('has its deadline until the first byte, and the handler and the source hear of it', async () => {
    const { source, closed } = endless()
    const released = Promise.withResolvers<Readable>()
    read.mockResolvedValueOnce(bookOf(3, { open: () => released.promise }).book)
    expect(await get()).toMatchObject({ status: 504, body: { code: 'deadline-exceeded' } })
    released.resolve(source)
    await closed
    const aborted = Promise.withResolvers<void>()
    read.mockImplementationOnce((_input, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve())
      return new Promise(() => {})
    })
    expect(await get()).toMatchObject({ status: 504 })
    await aborted.promise
  })
})

describe('a source', () => {
  test('that has less than promised breaks the connection, and so does one with more', async () => {
    for (const bytes of [4, 2]) {
      read.mockResolvedValueOnce(bookOf(3, { bytes }).book)
      await expect(get()).rejects.toThrow()
    }
  })

  test('that fails half-way breaks the connection', async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('ab')
        throw new Error('inside')
      })(),
    )
    read.mockResolvedValueOnce(bookOf(3, { open: () => failing }).book)
    await expect(get()).rejects.toThrow()
  })

  test('is destroyed when its reader goes away', async () => {
    const { source, closed } = endless()
    const aborted = Promise.withResolvers<void>()
    read.mockImplementationOnce(async (_input, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve())
      return bookOf(3, { bytes: 2 ** 40, open: () => source }).book
    })
    const answer = await begun()
    await once(answer, 'readable')
    answer.destroy()
    await Promise.all([closed, aborted.promise])
  })

  test('is read no faster than its reader reads, who may not stop for ever', async () => {
    const without = endless()
    read.mockResolvedValueOnce(bookOf(3, { bytes: 2 ** 40, open: () => without.source }).book)
    const answer = await begun()
    // Nobody reads: what was sent lies in the buffers of both sides, and the idle time ends it.
    await without.closed
    expect(without.read).toBeGreaterThan(0)
    expect(without.read).toBeLessThan(32 * 1024 * 1024)
    answer.destroy()
  })
})

test('a stream is logged and counted under its route', async () => {
  read.mockResolvedValue(bookOf(1000).book)
  await get()
  const { body } = await app.http({ method: 'GET', url: '/metrics' })
  expect(body).toMatch(
    /cenopie_http_request_seconds_count\{method="GET",route="\/api\/v1\/shelf\/books\/:book",status="200"\} \d+/,
  )
  expect(body).toMatch(
    /cenopie_stream_bytes_total\{method="GET",route="\/api\/v1\/shelf\/books\/:book"\} \d+/,
  )
  expect(body).toContain('cenopie_streams_open{kind="content"} 0')
})

test('the document tells of the streams that are for the outside', async () => {
  const { body } = await app.http({ method: 'GET', url: '/api/v1/openapi.json' })
  const content = { 'text/*': {}, 'application/octet-stream': {} }
  const named = (name: string) => expect.objectContaining({ name }) as unknown
  expect(body).toMatchObject({
    paths: {
      '/api/v1/shelf/books/{book}': {
        get: {
          operationId: 'shelf_readBook',
          parameters: [named('book'), named('edition'), named('Range')],
          responses: { 200: { content }, 206: { content }, 304: {}, 404: {}, 409: {}, 412: {}, 416: {} },
        },
        head: { operationId: 'shelf_readBook_head' },
      },
      '/api/v1/shelf/readings/{book}': {
        get: {
          security: [{ accessToken: [] }],
          parameters: [named('book'), named('Last-Event-ID')],
          responses: {
            200: { content: { 'text/event-stream': { schema: { type: 'object' } } } },
            204: {},
            401: {},
          },
        },
      },
      '/api/v1/shelf/deliveries': { post: {}, patch: { operationId: 'shelf_bringBooks_patch' }, options: {} },
    },
  })
  expect(JSON.stringify(body)).not.toContain('/internal/')
  expect(await get({}, '/problems/shelf.torn')).toMatchObject({ status: 200, body: { status: 409 } })
})

test('what a contract says of its streams, the compiler holds to', () => {
  defineModule({
    contract: shelfContract,
    prisma: new URL('no-migrations/', import.meta.url),
    // @ts-expect-error -- the contract has streams, and here are none
    start: () => ({ operations: {} }),
  })
  // @ts-expect-error -- for the outside, not for modules
  expect(() => app.client.readBook({ book: 'a' }, anonymousCall())).toThrow(TypeError)
})
