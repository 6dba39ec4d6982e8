import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Fault, content, defineContract, faults } from '@cenopie/platform-contract'
import type { Client, Content } from '@cenopie/platform-contract'
import { connect, internalTokens, problemOf } from '@cenopie/platform-runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { faultProxy } from './fault-proxy.ts'
import type { FaultProxy } from './fault-proxy.ts'
import { bookOf, createShelf, endless, shelfContract, torn } from './fixture/shelf.ts'
import type { ShelfScript } from './fixture/shelf.ts'
import { serviceCall, testModule, userCall } from './index.ts'
import type { TestModule } from './index.ts'
import { stranger } from './stranger.ts'

const tokens = internalTokens('cenopie-development', 'other')
const read = vi.fn<ShelfScript['read']>()
let app: TestModule<typeof shelfContract>

beforeAll(async () => {
  app = await testModule(createShelf({ read, hear: vi.fn(), bring: vi.fn() }))
})
beforeEach(() => void read.mockReset())
afterAll(() => app.close())

const call = () => serviceCall('other')
const within = (ms: number) => ({ ...call(), deadline: Date.now() + ms })
const bindings: [string, () => Client<typeof shelfContract>][] = [
  ['in the same process', () => app.client],
  ['over HTTP', () => connect(shelfContract, app.platform.url, tokens)],
]
/** Of a content, as a service of ours says it. */
const heads = { etag: '"a"', 'content-type': 'text/plain', 'cache-control': 'no-store' }
const bytesOf = async (content: Content, range?: Parameters<Content['open']>[0]) =>
  text(Readable.from(await content.open(range)))

describe.each(bindings)('a content lent %s', (_name, client) => {
  test('is what its owner says, and no more', async () => {
    const { book, opened } = bookOf(1000, {
      mediaType: 'text/vtt; charset=utf-8',
      disposition: { type: 'inline', filename: 'a/Über "b".txt' },
      ...{ secret: 'stays' },
    })
    read.mockResolvedValue(book)
    const { open, ...facts } = await client().lendBook({ book: 'ä/%2F?', edition: 2 }, call())
    expect(facts).toEqual({
      mediaType: 'text/vtt; charset=utf-8',
      bytes: 1000,
      etag: 'book-of-1000',
      modifiedAt: '2026-01-02T03:04:05.000Z',
      cacheControl: 'private, max-age=60',
      disposition: { type: 'inline', filename: 'Über "b".txt' },
    })
    expect(read.mock.calls[0]?.[0]).toEqual({ book: 'ä/%2F?', edition: 2 })
    expect(open).toBeTypeOf('function')
    expect(opened).toEqual([])
  })

  test('is read whole and in parts, as often as one likes', async () => {
    const { book, text: whole, opened } = bookOf(1000)
    read.mockResolvedValue(book)
    const content = await client().lendBook({ book: 'a' }, call())
    expect(await bytesOf(content)).toBe(whole)
    expect(await bytesOf(content, { start: 10, end: 19 })).toBe(whole.slice(10, 20))
    expect(await bytesOf(content, { start: 0, end: 999 })).toBe(whole)
    expect(opened.map((range) => range ?? { start: 0, end: 999 })).toEqual([
      { start: 0, end: 999 },
      { start: 10, end: 19 },
      { start: 0, end: 999 },
    ])
    read.mockResolvedValue(bookOf(0).book)
    expect(await bytesOf(await client().lendBook({ book: 'a' }, call()))).toBe('')
  })

  test.each([
    [{ start: 0, end: 1000 }],
    [{ start: -1, end: 5 }],
    [{ start: 6, end: 5 }],
    [{ start: 0.5, end: 5 }],
  ])('has no part %o', async (range) => {
    read.mockResolvedValue(bookOf(1000).book)
    const content = await client().lendBook({ book: 'a' }, call())
    await expect(content.open(range)).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ field: 'range' }],
    })
  })

  test.each([
    ['too long', { book: 'x'.repeat(21) }, 'book'],
    ['a wrong type', { book: 'a', edition: 'first' }, 'edition'],
    ['unknown', { book: 'a', colour: 'red' }, 'colour'],
    ['half a character', { book: 'a\ud800' }, 'book'],
  ])('is refused by name where the input is %s', async (_case, input, field) => {
    await expect(client().lendBook(input as never, call())).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ field }],
    })
    expect(read).not.toHaveBeenCalled()
  })

  test('raises the same faults, before and when it is opened', async () => {
    const missing = new Fault(torn, { detail: 'page 3', retryAfter: 3 })
    read.mockRejectedValue(missing)
    await expect(client().lendBook({ book: 'a' }, call())).rejects.toMatchObject({
      code: 'shelf.torn',
      detail: 'page 3',
      retryAfter: 3,
    })
    const failures = [new TypeError('inside'), new Fault(faults.forbidden)]
    for (const failure of failures) {
      read.mockRejectedValue(failure)
      await expect(client().lendBook({ book: 'a' }, call())).rejects.toMatchObject({
        name: 'Fault',
        code: 'internal',
        detail: undefined,
      })
    }
    read.mockResolvedValue(bookOf(3, { mediaType: 'image/png' }).book)
    await expect(client().lendBook({ book: 'a' }, call())).rejects.toMatchObject({ code: 'internal' })
    for (const [failure, code] of [
      [missing, 'shelf.torn'],
      [failures[0], 'internal'],
      [failures[1], 'internal'],
    ] as const) {
      read.mockResolvedValue(bookOf(3, { open: () => Promise.reject(failure) }).book)
      const content = await client().lendBook({ book: 'a' }, call())
      await expect(content.open()).rejects.toMatchObject({ name: 'Fault', code })
    }
  })

  test('that breaks off, or has less or more than promised, is unavailable', async () => {
    const broken = async function* () {
      yield Buffer.from('ab')
      throw new Error('inside')
    }
    for (const given of [{ open: () => Readable.from(broken()) }, { bytes: 4 }, { bytes: 2 }]) {
      read.mockResolvedValue(bookOf(3, given).book)
      const content = await client().lendBook({ book: 'a' }, call())
      await expect(bytesOf(content)).rejects.toMatchObject({ name: 'Fault', code: 'unavailable' })
    }
  })

  test('knows for whom it is asked', async () => {
    const given = userCall()
    read.mockResolvedValue(bookOf(3).book)
    await client().lendBook({ book: 'a' }, given)
    expect(read.mock.calls[0]?.[1]).toMatchObject({ actor: given.actor, requestId: given.requestId })
    expect(read.mock.calls[0]?.[1].traceparent.slice(3, 35)).toBe(given.traceparent.slice(3, 35))
  })

  test('has to begin within the deadline, and may last longer', async () => {
    const heard = Promise.withResolvers<void>()
    read.mockImplementation((_input, { signal }) => {
      signal.addEventListener('abort', () => heard.resolve())
      return new Promise(() => {})
    })
    await expect(client().lendBook({ book: 'a' }, within(300))).rejects.toMatchObject({
      code: 'deadline-exceeded',
    })
    await heard.promise
    const { source, closed } = endless()
    const released = Promise.withResolvers<Readable>()
    read.mockResolvedValue(bookOf(3, { open: () => released.promise }).book)
    const late = await client().lendBook({ book: 'a' }, within(300))
    await expect(late.open()).rejects.toMatchObject({ code: 'deadline-exceeded' })
    released.resolve(source)
    await closed
    const rest = Promise.withResolvers<void>()
    const slow = async function* () {
      yield Buffer.from('ab')
      await rest.promise
      yield Buffer.from('c')
    }
    read.mockResolvedValue(bookOf(3, { open: () => slow() }).book)
    const brief = within(300)
    const bytes = bytesOf(await client().lendBook({ book: 'a' }, brief))
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(brief.deadline + 50))
    rest.resolve()
    expect(await bytes).toBe('abc')
  })

  test('ends when its caller gives up, and its source with it', async () => {
    const gone = new AbortController()
    const { source, closed } = endless()
    read.mockResolvedValue(bookOf(3, { bytes: 2 ** 40, open: () => source }).book)
    const content = await client().lendBook({ book: 'a' }, { ...call(), signal: gone.signal })
    const reader = Readable.from(await content.open())
    await once(reader, 'readable')
    gone.abort()
    await expect(text(reader)).rejects.toMatchObject({ code: 'unavailable' })
    await closed
    await expect(content.open()).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('is read no faster than its reader reads, and let go when the reader is', async () => {
    const { source, closed } = endless()
    const counting = vi.spyOn(source, 'push')
    read.mockResolvedValue(bookOf(3, { bytes: 2 ** 40, open: () => source }).book)
    const content = await client().lendBook({ book: 'a' }, call())
    const reader = Readable.from(await content.open())
    await once(reader, 'readable')
    // What is on its way fills the buffers, and then nobody asks the source for more.
    let before = -1
    await vi.waitFor(
      () => {
        const now = counting.mock.calls.length
        const still = now === before
        before = now
        expect(still).toBe(true)
      },
      { interval: 200, timeout: 5_000 },
    )
    expect(before * 64 * 1024).toBeLessThan(32 * 1024 * 1024)
    reader.destroy()
    await closed
  })
})

describe('over a connection that breaks', () => {
  let proxy: FaultProxy
  beforeAll(async () => {
    proxy = await faultProxy(app.platform.url)
    return () => proxy.close()
  })
  /** A book, and what happens to whoever opens it for the first, second, … time; then nothing does. */
  async function lent(...happens: (() => void)[]) {
    const { book, text: whole, opened } = bookOf(1000)
    const open = (range?: Parameters<Content['open']>[0]) => {
      happens[opened.length]?.()
      return book.open(range)
    }
    read.mockResolvedValue({ ...book, open })
    const lent = await connect(shelfContract, proxy.url, tokens).lendBook({ book: 'a' }, call())
    return { lent, whole, opened }
  }
  const reset = () => proxy.reset()

  test('before the first byte a content is opened again, at the same place', async () => {
    const { lent: content, whole, opened } = await lent(reset, reset)
    const range = { start: 10, end: 19 }
    expect(await bytesOf(content, range)).toBe(whole.slice(10, 20))
    expect(opened).toEqual([range, range, range])
  })

  test('three times at most', async () => {
    const { lent: content, opened } = await lent(reset, reset, reset)
    await expect(content.open()).rejects.toMatchObject({ code: 'unavailable' })
    expect(opened).toHaveLength(3)
  })

  test('between the head and the first byte too', async () => {
    const { book, text: whole } = bookOf(1000)
    let asked = 0
    // Of the answer to GET the head alone passes.
    const server = await stranger((request, response) => {
      response.writeHead(200, { ...heads, 'content-length': book.bytes })
      if (request.method === 'HEAD') return void response.end()
      asked += 1
      if (asked > 1) return void response.end(whole)
      response.flushHeaders()
      response.socket?.end()
    })
    const lent = await connect(shelfContract, server.url, tokens).lendBook({ book: 'a' }, call())
    expect(await bytesOf(lent)).toBe(whole)
    expect(asked).toBe(2)
    server.close()
  })

  test('after it the reader learns of it, and nothing is opened again', async () => {
    const { source, closed } = endless()
    const open = vi.fn(() => source)
    read.mockResolvedValue(bookOf(3, { bytes: 2 ** 40, open }).book)
    const lent = await connect(shelfContract, proxy.url, tokens).lendBook({ book: 'a' }, call())
    const reader = Readable.from(await lent.open())
    proxy.reset()
    await expect(text(reader)).rejects.toMatchObject({ name: 'Fault', code: 'unavailable' })
    await closed
    expect(open).toHaveBeenCalledOnce()
  })

  test('no longer than the deadline allows', async () => {
    read.mockResolvedValue(bookOf(1000).book)
    const brief = within(500)
    const lent = await connect(shelfContract, proxy.url, tokens).lendBook({ book: 'a' }, brief)
    proxy.halfOpen()
    await expect(lent.open()).rejects.toMatchObject({ code: 'deadline-exceeded' })
    await proxy.heal()
  })
})

describe('a service that answers to HEAD alone', () => {
  /** What is asked of it by GET, before it can be read. */
  async function asked(client: (url: string) => Promise<Content>, times = 1): Promise<number> {
    let gets = 0
    const server = await stranger((request, response) => {
      if (request.method === 'HEAD')
        return void response.writeHead(200, { ...heads, 'content-length': 3 }).end()
      gets += 1
      response.writeHead(502).end('<html>')
    })
    const lent = await client(server.url)
    for (let time = 0; time < times; time += 1)
      await expect(lent.open()).rejects.toMatchObject({ code: 'unavailable' })
    server.close()
    return gets
  }
  const lend = (url: string) => connect(shelfContract, url, tokens).lendBook({ book: 'a' }, call())

  test('is asked three times, and no more once it has failed five times', async () => {
    expect(await asked(lend)).toBe(3)
    expect(await asked(lend, 5)).toBe(5)
  })

  test('is asked once for what leaves something behind', async () => {
    const leaving = defineContract({
      name: 'shelf',
      operations: {},
      events: {},
      streams: { lendBook: content({ ...shelfContract.streams.lendBook, faults: [], repeatable: false }) },
    })
    const client = (url: string) => connect(leaving, url, tokens).lendBook({ book: 'a' }, call())
    expect(await asked(client)).toBe(1)
  })
})

test('a content passes through another module’s hands to the outside', async () => {
  const { book, text: whole } = bookOf(1000)
  const remote = connect(shelfContract, app.platform.url, tokens)
  read.mockImplementation(async (input, lender) =>
    lender.actor.kind === 'service'
      ? book
      : remote.lendBook(input, { ...lender, ...call(), signal: lender.signal }),
  )
  const answer = await app.http({
    method: 'GET',
    url: '/api/v1/shelf/books/a',
    headers: { range: 'bytes=-10' },
  })
  expect(answer).toMatchObject({ status: 206, body: whole.slice(-10) })
  expect(answer.headers.get('etag')).toBe('"book-of-1000"')
})

test('what changes after one has asked is unavailable', async () => {
  read.mockResolvedValueOnce(bookOf(10).book).mockResolvedValueOnce(bookOf(11).book)
  const content = await connect(shelfContract, app.platform.url, tokens).lendBook({ book: 'a' }, call())
  await expect(content.open()).rejects.toMatchObject({ code: 'unavailable' })
})

test('who shows no token of a module, or a wrong one, finds nothing', async () => {
  const strange = connect(shelfContract, app.platform.url, internalTokens('another secret', 'other'))
  await expect(strange.lendBook({ book: 'a' }, call())).rejects.toMatchObject({ code: 'internal' })
  const url = '/internal/v1/shelf/books/a'
  const headers = { 'x-cenopie-internal': 'e30.e30.e30' }
  expect(await app.http({ method: 'GET', url, headers })).toMatchObject({ status: 401 })
  expect(read).not.toHaveBeenCalled()
})

test.each([
  ['a page of a proxy', 200, { 'content-type': 'text/html' }, '<html>'],
  ['an error of a proxy', 502, { 'content-type': 'text/html' }, '<html>'],
  [
    'an older version that has no such content',
    503,
    { 'content-type': 'application/problem+json' },
    JSON.stringify(problemOf(new Fault(faults.unavailable), 'x')),
  ],
])('%s is no content', async (_name, status, headers, body) => {
  const server = await stranger((_request, response) => void response.writeHead(status, headers).end(body))
  const client = connect(shelfContract, server.url, tokens)
  await expect(client.lendBook({ book: 'a' }, call())).rejects.toMatchObject({ code: 'unavailable' })
  server.close()
})
