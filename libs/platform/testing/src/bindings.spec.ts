import { randomUUID } from 'node:crypto'
import { Fault } from '@cenopie/platform-contract'
import type { Client } from '@cenopie/platform-contract'
import { connect, internalTokens } from '@cenopie/platform-runtime'
import type { Call } from '@cenopie/platform-runtime'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createNotes, notesContract, tooLoud } from './fixture/notes.ts'
import { anonymousCall, serviceCall, testModule, userCall } from './index.ts'
import type { TestModule } from './index.ts'
import { stranger } from './stranger.ts'

const tokens = internalTokens('cenopie-development', 'other')
const echoed = vi.fn<(call: Call) => Promise<unknown>>()
let app: TestModule<typeof notesContract>

beforeAll(async () => {
  app = await testModule(createNotes({ echo: echoed }), { platform: { rateLimit: 20 } })
})
beforeEach(() => void echoed.mockReset())
afterAll(() => app.close())

const bindings: [string, () => Client<typeof notesContract>][] = [
  ['in the same process', () => app.client],
  ['over HTTP', () => connect(notesContract, app.platform.url, tokens)],
]

describe.each(bindings)('a call %s', (_name, client) => {
  const call = () => serviceCall('other')

  test.each([
    ['plain', { word: 'a', exact: true, since: '2026-01-01T00:00:00Z' }],
    ['several values', { word: 'a', tags: ['b', 'c'], exact: false }],
    ['one value of several', { word: 'a', tags: ['b'], exact: false }],
    ['every character', { word: 'ä/%2F?#&+ 😀\n', tags: ['a,b', 'a&b=c', ''], exact: false }],
    ['two dots', { word: '..', exact: false }],
    ['what looks like a number', { word: '1e3', tags: ['true', 'null'], exact: false }],
  ])('brings the input as it is: %s', async (_case, input) => {
    expect(await client().echo(input, call())).toEqual(input)
  })

  test('fills in defaults and leaves out what is undefined', async () => {
    const input = { word: 'a', tags: undefined, since: undefined }
    expect(await client().echo(input as never, call())).toEqual({ word: 'a', exact: false })
  })

  test('trims the answer and copies it', async () => {
    const answer = { word: 'a', exact: false, tags: ['b'], secret: 'stays' }
    echoed.mockResolvedValue(answer)
    const received = await client().echo({ word: 'a' }, call())
    expect(received).toEqual({ word: 'a', exact: false, tags: ['b'] })
    expect(received.tags).not.toBe(answer.tags)
  })

  test.each([
    ['too long', { word: 'x'.repeat(51) }, 'word'],
    ['a wrong type', { word: 'a', exact: 'perhaps' }, 'exact'],
    ['unknown', { word: 'a', colour: 'red' }, 'colour'],
    ['half a character', { word: 'a\ud800' }, 'word'],
    ['too many', { word: 'a', tags: ['a', 'b', 'c', 'd'] }, 'tags'],
    ['no time', { word: 'a', since: 'yesterday' }, 'since'],
  ])('refuses by name what is %s', async (_case, input, field) => {
    await expect(client().echo(input as never, call())).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ field }],
    })
    expect(echoed).not.toHaveBeenCalled()
  })

  test('runs the checks of a write', async () => {
    const refused = client().writeNote({ text: 'b', tags: [{ name: 'b' }] }, userCall())
    await expect(refused).rejects.toMatchObject({
      errors: [{ field: 'text', message: 'only repeats a tag' }],
    })
  })

  test('raises the same faults', async () => {
    echoed.mockRejectedValueOnce(new Fault(tooLoud, { detail: 'hush', retryAfter: 3 }))
    await expect(client().echo({ word: 'a' }, call())).rejects.toMatchObject({
      code: 'notes.too-loud',
      detail: 'hush',
      retryAfter: 3,
    })
    await expect(client().readNote({ noteId: randomUUID() }, call())).rejects.toMatchObject({
      code: 'not-found',
    })
    for (const failure of [new TypeError('inside'), new Fault({ ...tooLoud, code: 'notes.other' })]) {
      echoed.mockRejectedValueOnce(failure)
      await expect(client().echo({ word: 'a' }, call())).rejects.toMatchObject({
        name: 'Fault',
        code: 'internal',
        detail: undefined,
      })
    }
  })

  test('an answer that does not fit the contract is our failure', async () => {
    echoed.mockResolvedValue({ tags: [] })
    await expect(client().echo({ word: 'a' }, call())).rejects.toMatchObject({
      name: 'Fault',
      code: 'internal',
    })
  })

  test('carries who calls, for whom and in which trace', async () => {
    const given = userCall({ memberships: { [randomUUID()]: 'owner' } })
    await client().echo({ word: 'a' }, given)
    expect(echoed.mock.calls[0]?.[0]).toMatchObject({ actor: given.actor, requestId: given.requestId })
    expect(echoed.mock.calls[0]?.[0].traceparent.slice(3, 35)).toBe(given.traceparent.slice(3, 35))
  })

  test('what is for people answers nobody else', async () => {
    for (const stranger of [anonymousCall(), serviceCall('other')]) {
      await expect(client().writeNote({ text: 'a' }, stranger)).rejects.toMatchObject({
        code: 'unauthenticated',
      })
    }
  })

  test('a deadline that has passed runs nothing', async () => {
    const late = { ...call(), deadline: Date.now() - 1 }
    await expect(client().echo({ word: 'a' }, late)).rejects.toMatchObject({ code: 'deadline-exceeded' })
    expect(echoed).not.toHaveBeenCalled()
  })

  test('the deadline ends the wait, and the handler hears of it', async () => {
    const heard = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    echoed.mockImplementation(({ signal }) => {
      signal.addEventListener('abort', () => heard.resolve())
      return released.promise
    })
    const brief = { ...anonymousCall(), deadline: Date.now() + 300 }
    await expect(client().echo({ word: 'a' }, brief)).rejects.toMatchObject({ code: 'deadline-exceeded' })
    await heard.promise
    released.resolve()
  })

  test('a deadline may be longer than a request of the outside', async () => {
    let left = 0
    echoed.mockImplementation(async ({ deadline }) => void (left = deadline - Date.now()))
    await client().echo({ word: 'a' }, { ...call(), deadline: Date.now() + 90_000 })
    expect(left).toBeGreaterThan(60_000)
  })

  test('who gives up is told at once, and the handler hears of it', async () => {
    const gone = new AbortController()
    const heard = Promise.withResolvers<unknown>()
    const forever = Promise.withResolvers<void>()
    echoed.mockImplementation(({ signal }) => {
      signal.addEventListener('abort', () => heard.resolve(signal.reason))
      gone.abort()
      return forever.promise
    })
    await expect(client().echo({ word: 'a' }, { ...call(), signal: gone.signal })).rejects.toMatchObject({
      code: 'unavailable',
    })
    // Not the deadline, which is later.
    expect(await heard.promise).toMatchObject({ name: 'AbortError' })
    forever.resolve()
  })

  test('modules are not counted as the outside is', async () => {
    for (let number = 0; number < 30; number += 1) await client().echo({ word: 'a' }, call())
    expect(echoed).toHaveBeenCalledTimes(30)
  })
})

test.each([
  ['a page of a proxy', 200, '<html>'],
  ['a redirection', 302, ''],
  ['nothing where something is due', 200, ''],
])('%s is no answer', async (_name, status, body) => {
  const server = await stranger((_request, response) => void response.writeHead(status).end(body))
  const client = connect(notesContract, server.url, tokens)
  await expect(client.echo({ word: 'a' }, serviceCall('other'))).rejects.toMatchObject({
    code: 'unavailable',
  })
  server.close()
})
