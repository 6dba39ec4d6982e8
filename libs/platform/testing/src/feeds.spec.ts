import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { Fault, faults } from '@cenopie/platform-contract'
import type { FeedEvent } from '@cenopie/platform-contract'
import { metrics } from '@cenopie/platform-telemetry'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createShelf } from './fixture/shelf.ts'
import type { ShelfScript, shelfContract } from './fixture/shelf.ts'
import { testModule, userActor } from './index.ts'
import type { TestModule } from './index.ts'

type Told = FeedEvent<{ page: number; text: string }>

const hear = vi.fn<ShelfScript['hear']>()
const start = () => testModule(createShelf({ read: vi.fn(), hear, bring: vi.fn() }))
let app: TestModule<typeof shelfContract>
const readers: IncomingMessage[] = []

beforeAll(async () => {
  app = await start()
})
beforeEach(() => void hear.mockReset())
afterEach(async () => {
  vi.useRealTimers()
  for (const reader of readers.splice(0)) reader.destroy()
  await vi.waitFor(async () => expect(await open()).toBe(0))
})
afterAll(() => app.close())

const url = '/api/v1/shelf/readings/a'
const reader = userActor()
const ask = (headers: Record<string, string> = {}, path = url) =>
  app.http({ method: 'GET', url: path, actor: reader, headers })

/** Feeds under way in this process. */
async function open(): Promise<number | undefined> {
  const found = await metrics.getSingleMetric('cenopie_streams_open')?.get()
  return found?.values.find(({ labels }) => labels['kind'] === 'feed')?.value ?? 0
}

/** A reader whose answer has begun. */
async function listen(to = app): Promise<IncomingMessage> {
  const authorization = await to.tokenOf(reader)
  const outgoing = request(new URL(url, to.platform.url), { headers: { authorization } }).end()
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  readers.push(answer)
  return answer.setEncoding('utf8')
}

/** The next piece that comes, once it is not empty. */
async function next(answer: IncomingMessage): Promise<string> {
  const waiting = answer.read() as string | null
  if (waiting !== null) return waiting
  await once(answer, 'readable')
  return next(answer)
}

/** Events that happen when the test says so. */
function happenings(signal: AbortSignal) {
  const waiting: ((result: IteratorResult<Told>) => void)[] = []
  const ended = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => ended.resolve())
  const events: AsyncIterableIterator<Told> = {
    [Symbol.asyncIterator]: () => events,
    next: () => new Promise((resolve) => waiting.push(resolve)),
  }
  return { events, ended: ended.promise, happen: (value: Told) => waiting.shift()?.({ value, done: false }) }
}

test('events come as they happen, as the contract has them', async () => {
  const told = Promise.withResolvers<ReturnType<typeof happenings>>()
  hear.mockImplementation(async (_input, { signal }) => {
    const all = happenings(signal)
    told.resolve(all)
    return all.events
  })
  const answer = await listen()
  expect(answer).toMatchObject({
    statusCode: 200,
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    },
  })
  expect(await next(answer)).toBe(': \n\n')
  const { happen, ended } = await told.promise
  const secret = { page: 1, text: 'one\ntwo', secret: 'stays' }
  happen({ id: '1', data: secret })
  expect(await next(answer)).toBe('id: 1\ndata: {"page":1,"text":"one\\ntwo"}\n\n')
  happen({ data: { page: 2, text: 'three' } })
  expect(await next(answer)).toBe('data: {"page":2,"text":"three"}\n\n')
  answer.destroy()
  await ended
})

test('whoever comes back says what was the last; whose feed is over for good is told so', async () => {
  hear.mockResolvedValue(undefined)
  expect(await ask({ 'last-event-id': '41' })).toMatchObject({ status: 204, body: '' })
  expect(hear.mock.calls[0]).toMatchObject([{ book: 'a' }, { lastEventId: '41', actor: { id: reader.id } }])
  const long = await ask({ 'last-event-id': 'x'.repeat(513) })
  expect(long).toMatchObject({ status: 400, body: { errors: [{ field: 'Last-Event-ID' }] } })
})

test('is refused as any request is', async () => {
  expect(await app.http({ method: 'GET', url })).toMatchObject({ status: 401 })
  expect(await ask({}, `${url}?loud=true`)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'loud' }] },
  })
  expect(await app.http({ method: 'HEAD', url, actor: reader })).toMatchObject({ status: 404 })
  expect(hear).not.toHaveBeenCalled()
  hear.mockRejectedValueOnce(new Fault(faults.notFound))
  expect(await ask()).toMatchObject({ status: 404, body: { code: 'not-found' } })
  hear.mockRejectedValueOnce(new Error('inside'))
  expect(await ask()).toMatchObject({ status: 500, body: { code: 'internal' } })
})

test('an end, a failure and an event that is none end the answer', async () => {
  for (const last of [
    async function* () {},
    async function* () {
      throw new Error('inside')
    },
    async function* () {
      yield { id: 'two\nlines', data: { page: 2, text: '' } }
    },
    async function* () {
      yield { data: {} as Told['data'] }
    },
  ]) {
    hear.mockResolvedValueOnce(
      (async function* (): AsyncGenerator<Told> {
        yield { data: { page: 1, text: '' } }
        yield* last()
      })(),
    )
    expect(await text(await listen())).toBe(': \n\ndata: {"page":1,"text":""}\n\n')
  }
})

test('a quiet feed shows that it lives', async () => {
  hear.mockImplementation(async (_input, { signal }) => happenings(signal).events)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const answer = await listen()
  expect(await next(answer)).toBe(': \n\n')
  vi.advanceTimersByTime(15_000)
  expect(await next(answer)).toBe(': \n\n')
})

test('ends after five minutes, when its reader is asked who it is', async () => {
  hear.mockImplementation(async (_input, { signal }) => happenings(signal).events)
  const limits: (() => void)[] = []
  const real = globalThis.setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((callback: () => void, ms?: number) => {
    if (ms === 5 * 60_000) limits.push(callback)
    return real(callback, ms)
  }) as typeof setTimeout)
  const answer = await listen()
  vi.restoreAllMocks()
  expect(limits).toHaveLength(1)
  limits[0]?.()
  expect(await text(answer)).toBe(': \n\n')
})

test('is asked for events no faster than they are read', async () => {
  let told = 0
  const wanted = Promise.withResolvers<void>()
  hear.mockImplementation(async (_input, { signal }) => {
    signal.addEventListener('abort', () => wanted.resolve())
    return (async function* (): AsyncGenerator<Told> {
      while (told < 100_000) yield { data: { page: ++told, text: 'x'.repeat(10_000) } }
    })()
  })
  const small = await testModule(createShelf({ read: vi.fn(), hear, bring: vi.fn() }), {
    platform: { idleSeconds: 1 },
  })
  // Nobody reads; a reader who is silent for too long has left.
  await listen(small)
  await wanted.promise
  expect(told).toBeLessThan(5_000)
  await small.close()
})

test('of one reader there are twenty at most; whoever leaves makes room', async () => {
  hear.mockImplementation(async (_input, { signal }) => happenings(signal).events)
  for (let number = 0; number < 20; number += 1) await listen()
  expect(await ask()).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
  readers.pop()?.destroy()
  await vi.waitFor(async () => expect((await listen()).statusCode).toBe(200))
})

test('a process that stops ends its feeds in order', async () => {
  const heard = Promise.withResolvers<void>()
  hear.mockImplementation(async (_input, { signal }) => {
    signal.addEventListener('abort', () => heard.resolve())
    return happenings(signal).events
  })
  const stopping = await start()
  const answer = await listen(stopping)
  const read = text(answer)
  await stopping.close()
  await heard.promise
  expect(await read).toBe(': \n\n')
})
