import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNotes, notesContract } from './fixture/notes.ts'
import { anonymousCall, serviceCall, testModule, userActor, userCall } from './index.ts'
import type { TestModule } from './index.ts'

let app: TestModule<typeof notesContract>
const author = userActor()
const write = (body: unknown, headers: Record<string, string> = {}) =>
  app.http({ method: 'POST', url: '/api/v1/notes', actor: author, body, headers })
const notes = async () =>
  (await app.sql<{ count: number }>('SELECT count(*)::int AS count FROM note'))[0]?.count

beforeAll(async () => {
  app = await testModule(createNotes())
})
afterAll(() => app.close())

describe('what goes in', () => {
  test.each([
    ['an unknown field', { text: 'a', colour: 'red' }, 'colour'],
    ['an unknown field deep inside', { text: 'a', tags: [{ name: 'b', size: 1 }] }, 'tags.0.size'],
    ['a wrong type', { text: 7 }, 'text'],
    ['a missing field', {}, 'text'],
    ['too long a text', { text: 'x'.repeat(101) }, 'text'],
    ['a rule that the schema cannot express', { text: 'b', tags: [{ name: 'b' }] }, 'text'],
    ['what PostgreSQL cannot store', { text: 'a\u0000b' }, 'text'],
    ['half a character', { text: 'a\ud800b' }, 'text'],
    ['an array', [], 'body'],
    ['broken JSON', '{"text":', 'body'],
    ['an attempt at the prototype', '{"text":"a","__proto__":{"x":1}}', 'body'],
  ])('%s is refused by name and writes nothing', async (_name, body, field) => {
    const before = await notes()
    const answer = await write(body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input', errors: [{ field }] } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await notes()).toBe(before)
  })

  test('a body over the limit is 413, another media type 415, both as problems', async () => {
    expect(await write({ text: 'x'.repeat(300_000) })).toMatchObject({
      status: 413,
      body: { code: 'payload-too-large' },
    })
    const xml = await write('<note/>', { 'content-type': 'application/xml' })
    expect(xml).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } })
  })

  test('path and query are read by type', async () => {
    const url = `/api/v1/notes/${randomUUID()}`
    expect(await app.http({ method: 'GET', url: `${url}?times=3` })).toMatchObject({ status: 404 })
    const refused = await app.http({ method: 'GET', url: `${url}?times=nine` })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'times' }] } })
    const forged = await app.http({ method: 'GET', url: '/api/v1/notes/none%00' })
    expect(forged).toMatchObject({ status: 400, body: { errors: [{ field: 'noteId' }] } })
  })
})

describe('what comes out', () => {
  test('only what the schema shows, over HTTP and in the process', async () => {
    const answer = await write({ text: 'hello' })
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body as object)).toEqual(['id', 'authorId', 'text'])
    const direct = await app.client.writeNote({ text: 'hello' }, userCall())
    expect(Object.keys(direct)).toEqual(['id', 'authorId', 'text'])
  })

  test('a declared fault with its code; an undeclared one as a 500 that says nothing', async () => {
    expect(await write({ text: 'LOUD' })).toMatchObject({ status: 409, body: { code: 'notes.too-loud' } })
    const inside = await write({ text: 'UNDECLARED' })
    expect(inside).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(JSON.stringify(inside.body)).not.toContain('contract')
    await expect(app.client.writeNote({ text: 'LOUD' }, userCall())).rejects.toMatchObject({
      code: 'notes.too-loud',
    })
    await expect(app.client.writeNote({ text: 'UNDECLARED' }, userCall())).rejects.toMatchObject({
      code: 'internal',
    })
  })

  test('every answer carries its request id, trace and limits; a given trace goes on', async () => {
    const trace = 'a'.repeat(32)
    const { headers } = await write({ text: 'traced' }, { traceparent: `00-${trace}-${'b'.repeat(16)}-01` })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
    expect(headers.get('traceparent')).toContain(trace)
    expect(Number(headers.get('ratelimit-remaining'))).toBeGreaterThan(0)
  })
})

describe('who', () => {
  test('no token, a forged one, one for nobody: 401, in the process too', async () => {
    for (const call of [anonymousCall(), serviceCall('other')]) {
      await expect(app.client.writeNote({ text: 'a' }, call)).rejects.toMatchObject({
        code: 'unauthenticated',
      })
    }
    const url = '/api/v1/notes'
    expect(await app.http({ method: 'POST', url, body: { text: 'a' } })).toMatchObject({ status: 401 })
    for (const token of ['x', 'e30.e30.e30', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`]) {
      const answer = await app.http({ method: 'POST', url, body: { text: 'a' }, token })
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    }
  })

  test('internal operations do not exist for the outside, whatever the token', async () => {
    const url = '/internal/v1/notes/count'
    expect(await app.http({ method: 'GET', url, actor: author })).toMatchObject({ status: 404 })
    const forged = await app.http({ method: 'GET', url, headers: { 'x-cenopie-internal': 'e30.e30.e30' } })
    expect(forged).toMatchObject({ status: 401 })
    expect(await app.client.countNotes({}, serviceCall('other'))).toMatchObject({ calledBy: 'service' })
  })
})

describe('Idempotency-Key', () => {
  test('replays the first answer and writes once', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const first = await write({ text: 'once' }, headers)
    const second = await write({ text: 'once' }, headers)
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    const rows = await app.sql(`SELECT 1 FROM note WHERE text = 'once'`)
    expect(rows).toHaveLength(1)
  })

  test('refuses another body, keeps people apart and forgets a refusal', async () => {
    const headers = { 'idempotency-key': 'shared' }
    await write({ text: 'mine' }, headers)
    expect(await write({ text: 'changed' }, headers)).toMatchObject({
      body: { code: 'idempotency-key-reused' },
    })
    const other = { method: 'POST', url: '/api/v1/notes', actor: userActor(), headers }
    expect(await app.http({ ...other, body: { text: 'theirs' } })).toMatchObject({ status: 201 })
    const retried = { 'idempotency-key': randomUUID() }
    expect(await write({ text: 'LOUD' }, retried)).toMatchObject({ status: 409 })
    expect(await write({ text: 'quiet' }, retried)).toMatchObject({ status: 201 })
  })

  test('of many at once one writes; the others are told to wait or get its answer', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(Array.from({ length: 8 }, () => write({ text: 'race' }, headers)))
    for (const { status } of answers) expect([201, 409]).toContain(status)
    expect(await app.sql(`SELECT 1 FROM note WHERE text = 'race'`)).toHaveLength(1)
  })
})

test('health, metrics, reference and what a problem means', async () => {
  const get = (url: string) => app.http({ method: 'GET', url })
  expect(await get('/health/live')).toMatchObject({ status: 200 })
  expect(await get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok', degraded: [] } })
  expect((await get('/metrics')).body).toContain('cenopie_http_request_seconds')
  expect(await get('/problems/notes.too-loud')).toMatchObject({ status: 200, body: { status: 409 } })
  const document = (await get('/api/v1/openapi.json')).body
  expect(document).toMatchObject({ openapi: '3.1.0', components: { schemas: { Note: { type: 'object' } } } })
  expect(JSON.stringify(document)).not.toContain('/internal/')
  expect((await get('/docs')).status).toBe(200)
})

test('more requests than allowed are 429 with the time to wait', async () => {
  const small = await testModule(createNotes(), { platform: { rateLimit: 3 } })
  const read = () => small.http({ method: 'GET', url: `/api/v1/notes/${randomUUID()}` })
  for (let request = 0; request < 3; request += 1) expect((await read()).status).toBe(404)
  const refused = await read()
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  await small.close()
})

test('lengths are counted alike at the edge and in the outbox', async () => {
  expect(await write({ text: `ab${'😀'.repeat(49)}` })).toMatchObject({ status: 201 })
  expect(await write({ text: `ab${'😀'.repeat(50)}` })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'text' }] },
  })
})
