import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Fault, defineContract, faults, operation } from '@cenopie/platform-contract'
import type { Client, Contract } from '@cenopie/platform-contract'
import { connect, defineModule, internalTokens, problemOf } from '@cenopie/platform-runtime'
import { metrics } from '@cenopie/platform-telemetry'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createNotes, notesContract } from './fixture/notes.ts'
import { freePort } from './servers.ts'
import { serviceCall, testModule, userCall } from './index.ts'
import type { TestModule } from './index.ts'
import { stranger } from './stranger.ts'
import type { Stranger } from './stranger.ts'

const tokens = internalTokens('cenopie-development', 'other')
const strangers: Stranger[] = []
afterEach(() => {
  for (const one of strangers.splice(0)) one.close()
})

/** A service that answers requests in turn as told, and all further ones as the last. */
async function service(...answers: RequestListener[]) {
  let next = 0
  const server = await stranger((request, response) => {
    request.resume()
    answers[Math.min(next++, answers.length - 1)]?.(request, response)
  })
  strangers.push(server)
  return { server, client: connect(notesContract, server.url, tokens) }
}

const call = () => serviceCall('other')
const echo = (client: Client<typeof notesContract>) => client.echo({ word: 'a' }, call())
const write = (client: Client<typeof notesContract>) => client.writeNote({ text: 'a' }, userCall())

const fine: RequestListener = (_request, response) =>
  void response.setHeader('content-type', 'application/json').end('{"word":"a","exact":false}')
const down: RequestListener = (_request, response) => void response.writeHead(502).end('<html>')
const busy =
  (retryAfter?: number): RequestListener =>
  (_request, response) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
    response.writeHead(503, { 'content-type': 'application/problem+json', ...headers })
    response.end(JSON.stringify(problemOf(new Fault(faults.unavailable), 'x')))
  }
const unavailable = expect.objectContaining({ code: 'unavailable' }) as unknown

async function metric(name: string, labels: Record<string, string>): Promise<number> {
  const found = await metrics.getSingleMetric(name)?.get()
  const wanted = Object.entries(labels)
  const sample = found?.values.find((value) => wanted.every(([key, text]) => value.labels[key] === text))
  return sample?.value ?? 0
}

describe('a call that was not answered', () => {
  test('is tried again where it may be', async () => {
    const { server, client } = await service(down, busy(), fine)
    await expect(echo(client)).resolves.toEqual({ word: 'a', exact: false })
    expect(server.asked).toBe(3)
  })

  test('is tried three times at most', async () => {
    const { server, client } = await service(down)
    await expect(echo(client)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.asked).toBe(3)
  })

  test('is not tried again where it must not happen twice', async () => {
    for (const answer of [down, busy()]) {
      const { server, client } = await service(answer)
      await expect(write(client)).rejects.toMatchObject({ code: 'unavailable' })
      expect(server.asked).toBe(1)
    }
  })

  test('is tried again whatever it is when nothing was sent', async () => {
    const client = connect(notesContract, `http://127.0.0.1:${await freePort()}`, tokens)
    const before = await metric('cenopie_call_retries_total', { callee: 'notes' })
    await expect(write(client)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await metric('cenopie_call_retries_total', { callee: 'notes' })).toBe(before + 2)
  })

  test('waits no longer than its deadline, whatever the service asks for', async () => {
    const { server, client } = await service(busy(60))
    await expect(echo(client)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 60 })
    expect(server.asked).toBe(1)
  })

  test('does not multiply the load of a service that has too much', async () => {
    const { server, client } = await service(busy())
    await Promise.allSettled(Array.from({ length: 100 }, () => echo(client)))
    expect(server.asked).toBeGreaterThan(100)
    expect(server.asked).toBeLessThanOrEqual(130)
  })

  test('ends when its caller gives up meanwhile', async () => {
    const gone = new AbortController()
    const { server, client } = await service((request, response) => {
      busy(5)(request, response)
      response.on('close', () => gone.abort())
    })
    await expect(client.echo({ word: 'a' }, { ...call(), signal: gone.signal })).rejects.toEqual(unavailable)
    expect(server.asked).toBe(1)
  })
})

describe('a service that does not answer', () => {
  /** Calls until nobody is asked any more. */
  async function open(client: Client<typeof notesContract>) {
    await vi.waitFor(() => expect(echo(client)).rejects.toMatchObject({ retryAfter: 1 }))
  }
  const breaker = () => metric('cenopie_breaker_open', { callee: 'notes' })

  test('is asked no more, until it answers again', async () => {
    let well = false
    const { server, client } = await service((request, response) => (well ? fine : down)(request, response))
    await open(client)
    const { asked } = server
    const refused = await Promise.allSettled(Array.from({ length: 20 }, () => echo(client)))
    expect(refused).toEqual(Array(20).fill({ status: 'rejected', reason: unavailable }))
    expect(server.asked).toBe(asked)
    expect(await breaker()).toBe(1)
    well = true
    await vi.waitFor(() => expect(echo(client)).resolves.toMatchObject({ word: 'a' }), { timeout: 5_000 })
    expect(await breaker()).toBe(0)
  })

  test('is asked once to find out, and nobody waits for that', async () => {
    const waiting: ServerResponse[] = []
    let hangs = false
    const { server, client } = await service((request, response) => {
      if (hangs) waiting.push(response)
      else down(request, response)
    })
    await open(client)
    hangs = true
    const gone = new AbortController()
    const probe = () => client.echo({ word: 'a' }, { ...call(), signal: gone.signal })
    const asked = server.asked + 1
    const probes: Promise<unknown>[] = []
    await vi.waitFor(
      () => {
        probes.push(probe().catch((error: unknown) => error))
        expect(waiting).toHaveLength(1)
      },
      { timeout: 5_000 },
    )
    await expect(echo(client)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 })
    expect(server.asked).toBe(asked)
    // Who gives up on the probe says nothing about the service.
    gone.abort()
    await Promise.all(probes)
    expect(await breaker()).toBe(1)
  })

  test('refusals are answers', async () => {
    const { server, client } = await service((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify(problemOf(new Fault(faults.notFound), 'x')))
    })
    for (let number = 0; number < 20; number += 1) {
      const noteId = '0199f0a0-0000-7000-8000-000000000001'
      await expect(client.readNote({ noteId }, call())).rejects.toMatchObject({ code: 'not-found' })
    }
    expect(server.asked).toBe(20)
  })
})

describe('a connection that the service closes just then', () => {
  const used = new WeakSet<Socket>()
  /** Answers once on each connection, and breaks it when it is used again. */
  const once: RequestListener = (request: IncomingMessage, response) => {
    if (used.has(request.socket)) return request.socket.resetAndDestroy()
    used.add(request.socket)
    fine(request, response)
  }

  test('is replaced for what may be repeated', async () => {
    const { server, client } = await service(once)
    for (let number = 0; number < 3; number += 1) await echo(client)
    expect(server.asked).toBeGreaterThan(3)
  })

  test('ends what must not happen twice', async () => {
    const { server, client } = await service(once)
    await echo(client)
    await expect(write(client)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.asked).toBe(2)
  })
})

describe('between versions', () => {
  let app: TestModule<typeof notesContract>
  beforeAll(async () => {
    app = await testModule(createNotes())
  })
  afterAll(() => app.close())

  const path = '/internal/v1/notes/echo/{word}'
  const contractWith = <O extends z.ZodType>(output: O, at = path) =>
    defineContract({
      name: 'notes',
      events: {},
      operations: {
        echo: operation({
          method: 'GET',
          path: at,
          summary: 'Yesterday’s',
          access: 'internal',
          input: { word: z.string() },
          output,
        }),
      },
    })

  test('an old caller understands what a new service answers', async () => {
    const old = connect(contractWith(z.object({ word: z.string() })), app.platform.url, tokens)
    await expect(old.echo({ word: 'a' }, call())).resolves.toMatchObject({ word: 'a' })
  })

  test('an operation that the service does not know yet is unavailable, not missing', async () => {
    const early = connect(contractWith(z.object({}), `${path}/loudly`), app.platform.url, tokens)
    await expect(early.echo({ word: 'a' }, call())).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a fault that the caller does not know yet is a failure, as in the process', async () => {
    const { client } = await service((_request, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ code: 'notes.too-quiet', status: 409 }))
    })
    await expect(echo(client)).rejects.toMatchObject({ code: 'internal' })
  })

  test('another secret is our failure, not the caller’s', async () => {
    const stranger = connect(notesContract, app.platform.url, internalTokens('another secret', 'other'))
    await expect(stranger.countNotes({}, call())).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('a module whose neighbour is down', () => {
  const readersContract = defineContract({
    name: 'readers',
    events: {},
    operations: {
      read: operation({
        method: 'GET',
        path: '/api/v1/readers/{word}',
        summary: 'Ask the neighbour',
        access: 'public',
        input: { word: z.string() },
        output: z.object({ word: z.string() }),
      }),
    },
  })
  const readers = defineModule({
    contract: readersContract,
    requires: { notes: notesContract },
    prisma: new URL('no-migrations/', import.meta.url),
    start: ({ requires }) => ({
      operations: { read: ({ word }, call) => requires.notes.echo({ word }, call) },
    }),
  })
  let app: TestModule<Contract>
  let well = false

  beforeAll(async () => {
    const server = await stranger((request, response) => (well ? fine : down)(request, response))
    const notes = connect(notesContract, server.url, tokens)
    app = (await testModule(readers, { requires: { notes } })) as unknown as TestModule<Contract>
    return () => server.close()
  })
  afterAll(() => app.close())

  test('says when to come again, goes on with the rest, and is well when the neighbour is', async () => {
    const read = () => app.http({ method: 'GET', url: '/api/v1/readers/a' })
    const counted = { caller: 'readers', callee: 'notes', operation: 'echo' }
    for (let number = 0; number < 5; number += 1) {
      const answer = await read()
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } })
      expect(answer.headers.get('retry-after')).toBe('1')
    }
    expect(await metric('cenopie_calls_total', counted)).toBe(5)
    expect(await app.http({ method: 'GET', url: '/health/ready' })).toMatchObject({ status: 200 })
    well = true
    await vi.waitFor(async () => expect(await read()).toMatchObject({ status: 200 }), { timeout: 5_000 })
  })
})
