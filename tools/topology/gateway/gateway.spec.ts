import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { interviewsContract } from '@cenopie/interviews-contract'
import { mediaContract } from '@cenopie/media-contract'
import { freePort } from '@cenopie/platform-testing/servers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '../plan.ts'
import { caddyfile } from './caddyfile.ts'
import { hiddenPaths } from './hidden-paths.ts'
import { startGateway, validate } from './start.ts'
import { Upstream } from './upstream.ts'

const requestId = 'a-request-of-tests'
let folder: string
let port: number
let api: Upstream
let jobs: Upstream
let gateway: { stop(): Promise<void> }

const planned = (name: string, url: string, ...modules: string[]) => ({
  name,
  app: name,
  modules,
  url,
  databaseUrl: '',
  env: {},
})
const planOf = (apiUrl: string, jobsUrl: string): Plan => ({
  topology: 'tried',
  processes: [planned('api', apiUrl, 'auth', 'users'), planned('job-service', jobsUrl, 'jobs')],
  routes: [
    { domain: 'auth', process: 'api' },
    { domain: 'users', process: 'api' },
    { domain: 'jobs', process: 'job-service' },
  ],
  rest: 'api',
  hidden: hiddenPaths([
    ...Object.values(interviewsContract.operations),
    ...Object.values(mediaContract.operations),
    ...Object.values(mediaContract.streams),
  ]),
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cenopie-gateway-'))
  ;[api, jobs, port] = [new Upstream(await freePort()), new Upstream(await freePort()), await freePort()]
  await Promise.all([api.up(), jobs.up()])
  gateway = await startGateway(planOf(api.url, jobs.url), { port, folder, patience: 3 })
})
afterAll(async () => {
  await gateway?.stop()
  await Promise.all([api.down(), jobs.down()])
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  for (const upstream of [api, jobs]) upstream.seen.length = 0
})
afterEach(async () => {
  for (const upstream of [api, jobs]) upstream.answer = (_request, response) => void response.end('here')
  await jobs.up()
})

/** A request whose path reaches the gateway as it is written here. */
async function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', body?: string) {
  const outgoing = request({ port, path, method, headers: { 'x-request-id': requestId, ...headers } }).end(
    body,
  )
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}
const problem = (status: number, code: string) => ({
  status,
  headers: expect.objectContaining({
    'content-type': 'application/problem+json; charset=utf-8',
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
  }),
  body: expect.stringContaining(`"status":${status},"code":"${code}","requestId":"${requestId}"`),
})

describe('a request', () => {
  test.each([
    ['/api/v1/jobs/postings', 'jobs'],
    ['/api/v2/jobs', 'jobs'],
    ['/api/v1/jobsearch', 'api'],
    ['/api/v1/users/me', 'api'],
    ['/api/v1/openapi.json', 'api'],
    ['/docs', 'api'],
    ['/', 'api'],
  ])('for %s goes to %s', async (path, name) => {
    expect(await ask(path)).toMatchObject({ status: 200, body: 'here' })
    expect({ api: api.seen, jobs: jobs.seen }[name]?.map(({ url }) => url)).toEqual([path])
  })

  test.each([
    '/internal/v1/users/summaries',
    '/internal',
    '/INTERNAL/v1/users/summaries',
    '//internal/v1/users/summaries',
    '/%69nternal/v1/users/summaries',
    '/api/v1/jobs/../../../internal/v1/jobs/x',
    '/api/v1/jobs/..%2f..%2f..%2finternal/v1/jobs/x',
    '/metrics',
    '/x/../metrics',
    '/health/live',
  ])('for %s finds nothing, and no process sees it', async (path) => {
    expect(await ask(path)).toMatchObject(problem(404, 'not-found'))
    expect([...api.seen, ...jobs.seen]).toEqual([])
  })

  test('cannot bring what only our own processes may say', async () => {
    const forged = {
      'X-Cenopie-Internal': 'a-token',
      'x-deadline-MS': '3600000',
      'X-Forwarded-For': '203.0.113.9',
      'X-Forwarded-Proto': 'https',
    }
    await ask('/api/v1/jobs', forged)
    const [seen] = jobs.seen
    expect(seen?.headers).not.toHaveProperty('x-cenopie-internal')
    expect(seen?.headers).not.toHaveProperty('x-deadline-ms')
    expect(seen?.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' })
  })

  test('keeps its id if that is harmless, and gets one otherwise', async () => {
    await ask('/api/v1/jobs')
    expect((await ask('/metrics', { 'x-request-id': '"},{"a":"' })).body).toMatch(
      /"requestId":"[0-9a-f-]{36}"/,
    )
    await ask('/api/v1/jobs', { 'x-request-id': '"},{"a":"' })
    const ids = jobs.seen.map(({ headers }) => headers['x-request-id'])
    expect(ids).toEqual([requestId, expect.stringMatching(/^[0-9a-f-]{36}$/)])
  })

  test('is answered with headers that keep browsers safe, unless the process knows better', async () => {
    const plain = (await ask('/api/v1/jobs')).headers
    expect(plain).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    expect(plain).not.toHaveProperty('server')
    expect(plain).not.toHaveProperty('strict-transport-security')
    jobs.answer = (_request, response) =>
      void response.setHeader('content-security-policy', "default-src 'self'").end()
    expect((await ask('/api/v1/jobs')).headers).toHaveProperty(
      'content-security-policy',
      "default-src 'self'",
    )
  })

  test('is logged with its id and without the secrets of its query', async () => {
    await ask('/api/v1/jobs?token=secret', { 'x-request-id': 'a-logged-one', authorization: 'Bearer secret' })
    await ask('/metrics?token=secret', { 'x-request-id': 'another-logged-one' })
    const log = await readFile(join(folder, 'gateway.log'), 'utf8')
    expect(log).toContain('another-logged-one')
    expect(log).not.toContain('secret')
  })

  test.each([
    ['/api/v1/media/content/a-secret/5c2c/poster.jpg?a-secret', '/api/v1/media/content/*'],
    ['/api/v1/media/uploads/a-secret', '/api/v1/media/uploads/*'],
    ['/api/v1/interviews/links/a-secret/answers/5c2c', '/api/v1/interviews/links/*'],
    ['//api/v1/interviews/pages/a-secret', '//api/v1/interviews/pages/*'],
    ['/api/v1/interviews/5c2c/export.pdf', '/api/v1/interviews/5c2c/export.pdf'],
    ['/api/v1/media/files?cursor=a-secret', '/api/v1/media/files?*'],
  ])('for %s leaves no secret in the log, answered or not', async (path, shown) => {
    const id = randomUUID()
    api.answer = (_request, response) => void response.setHeader('location', path).end('here')
    await ask(path, { 'x-request-id': id })
    api.answer = ({ socket }) => void socket.destroy()
    await ask(path, { 'x-request-id': id }, 'POST', 'a picture')
    const log = await readFile(join(folder, 'gateway.log'), 'utf8')
    const lines = log.split('\n').filter((line) => line.includes(id))
    expect(lines.length).toBe(2)
    for (const line of lines) expect(line).toContain(`"uri":"${shown}"`)
    expect(lines.join('\n')).not.toContain('a-secret')
  })

  test('streams its body: the process reads the beginning before the end is sent', async () => {
    const begun = Promise.withResolvers<void>()
    jobs.answer = (request, response) => {
      let bytes = 0
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        begun.resolve()
      })
      request.on('end', () => void response.end(String(bytes)))
    }
    const outgoing = request({ port, path: '/api/v1/jobs/files', method: 'PUT' })
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
    const part = Buffer.alloc(1024 * 1024)
    outgoing.write(part)
    await begun.promise
    for (let number = 1; number < 32; number += 1) if (!outgoing.write(part)) await once(outgoing, 'drain')
    outgoing.end()
    const [answer] = await answered
    expect(await text(answer)).toBe(String(32 * part.length))
  })

  test('is answered as the process answers: what happens later does not hold up what happened', async () => {
    const later = Promise.withResolvers<void>()
    jobs.answer = (_request, response) => {
      response.setHeader('content-type', 'text/event-stream').write('data: 1\n\n')
      void later.promise.then(() => response.end('data: 2\n\n'))
    }
    const outgoing = request({
      port,
      path: '/api/v1/jobs/events',
      headers: { accept: 'text/event-stream' },
    }).end()
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
    const [first] = (await once(answer, 'data')) as [Buffer]
    expect(first.toString()).toBe('data: 1\n\n')
    later.resolve()
    expect(await text(answer)).toBe('data: 2\n\n')
  })

  test('whose sender goes away is not answered for nobody', async () => {
    const left = Promise.withResolvers<void>()
    jobs.answer = (_request, response) => {
      response.on('close', () => left.resolve())
      response.setHeader('content-type', 'text/event-stream').write('data: 1\n\n')
    }
    const outgoing = request({ port, path: '/api/v1/jobs/events' }).end()
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
    answer.destroy()
    await left.promise
  })

  test('for a part of a large file gets that part', async () => {
    jobs.answer = ({ headers }, response) =>
      void response
        .writeHead(206, { 'content-range': 'bytes 2-3/10', 'content-length': 2 })
        .end(String(headers.range).slice(6, 8))
    expect(await ask('/api/v1/jobs/files/a', { range: 'bytes=2-3' })).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 2-3/10' },
      body: '2-',
    })
  })

  test('may become a WebSocket', async () => {
    jobs.upgrade = (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
      socket.pipe(socket)
    }
    const headers = { connection: 'Upgrade', upgrade: 'websocket' }
    const outgoing = request({ port, path: '/api/v1/jobs/socket', headers }).end()
    const [, socket] = (await once(outgoing, 'upgrade')) as [IncomingMessage, Socket]
    socket.write('hello')
    const [echo] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(echo.toString()).toBe('hello')
  })
})

describe('while a process restarts', () => {
  test('no GET is lost, however often it goes down under load', async () => {
    let answered = 0
    const waiting = new Set<() => void>()
    const until = (count: number) =>
      new Promise<void>((resolve) => waiting.add(() => void (answered >= count && resolve())))
    const statuses = new Set<number | undefined>()
    const client = async () => {
      while (answered < 400) {
        statuses.add((await ask('/api/v1/jobs')).status)
        answered += 1
        for (const look of waiting) look()
      }
    }
    const clients = Array.from({ length: 8 }, client)
    for (const count of [100, 200, 300]) {
      await until(count)
      await jobs.down()
      await jobs.up()
    }
    await Promise.all(clients)
    expect([...statuses]).toEqual([200])
  })

  test('a write that comes after it said so waits, and arrives once and whole', async () => {
    jobs.answer = (request, response) => void text(request).then((body) => response.end(body))
    await jobs.drain()
    const written = Array.from({ length: 20 }, (_, number) =>
      ask('/api/v1/jobs', {}, 'POST', `posting ${number}`),
    )
    await jobs.down()
    expect(jobs.seen).toEqual([])
    await jobs.up()
    const answers = await Promise.all(written)
    expect(answers.map(({ body }) => body)).toEqual(answers.map((_, number) => `posting ${number}`))
    expect(jobs.seen.length).toBe(answers.length)
  })

  test('a write that may have been done is not repeated', async () => {
    expect(await ask('/api/v1/jobs')).toMatchObject({ status: 200 })
    jobs.answer = ({ socket }) => void socket.destroy()
    const answer = await ask('/api/v1/jobs', {}, 'POST', 'a posting')
    expect(answer).toMatchObject(problem(503, 'unavailable'))
    expect(answer.headers['retry-after']).toBe('1')
    expect(jobs.seen.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  test('a process that stays away is told of as a problem, and the others go on', async () => {
    await jobs.down()
    const answer = ask('/api/v1/jobs')
    expect(await ask('/api/v1/users/me')).toMatchObject({ status: 200 })
    expect(await answer).toMatchObject(problem(503, 'unavailable'))
    expect((await answer).headers['retry-after']).toBe('1')
  })
})

test('Caddy accepts the configuration of a public address, which adds HSTS', async () => {
  const plan = planOf('http://api:3000', 'http://job-service:3000')
  const configuration = caddyfile(plan, { address: 'https://jobs.example', accessLog: undefined })
  expect(configuration).toContain('Strict-Transport-Security')
  await validate(configuration, await mkdtemp(join(folder, 'validated-')))
})
