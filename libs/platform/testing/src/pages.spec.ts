import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNotes, notesContract } from './fixture/notes.ts'
import { anonymousCall, testModule, userCall } from './index.ts'
import type { TestModule } from './index.ts'

let app: TestModule<typeof notesContract>
beforeAll(async () => {
  app = await testModule(createNotes())
})
afterAll(() => app.close())

/** What browsers send when a person opens a link. */
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }
const page = (noteId: string) => `/api/v1/notes/pages/${noteId}`
const open = (noteId: string, headers: Record<string, string> = browser) =>
  app.http({ method: 'GET', url: page(noteId), headers })
const sign = (body: string) => app.http({ method: 'POST', url: page(randomUUID()), headers: form, body })
const noted = async (text: string) => (await app.client.writeNote({ text }, userCall())).id

const hostile = `"><script>alert('1')</script>&`

describe('a page', () => {
  test('comes as it is, to anybody who asks, with nothing allowed to run in it or to keep it', async () => {
    const noteId = await noted('plain')
    for (const headers of [browser, {}]) {
      const answer = await open(noteId, headers)
      expect(answer.status).toBe(200)
      expect(answer.body).toContain('<h1>plain</h1>')
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      const policy = answer.headers.get('content-security-policy')
      expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'/)
      expect(policy).not.toMatch(/unsafe|script-src/)
      expect(answer.headers.get('permissions-policy')).toBe('camera=(), microphone=()')
      expect(answer.body).not.toMatch(/<script|<link/)
    }
  })

  test('that declares its needs runs programs of its own origin, with the devices it names and no others', async () => {
    const { headers, body } = await sign('name=Ada')
    expect(body).toContain('<script type="module" src="/sign.js"></script>')
    expect(body).toContain('<link rel="stylesheet" href="/sign.css" />')
    const policy = headers.get('content-security-policy')
    expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+' 'self'; script-src 'self';/)
    expect(policy).toContain("connect-src 'self'; media-src 'self' blob:;")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('permissions-policy')).toBe('camera=(self), microphone=()')
    const refused = await sign('name=')
    expect(refused.status).toBe(400)
    expect(refused.headers.get('content-security-policy')).not.toContain('script-src')
  })

  test('escapes every value, in text and in attributes', async () => {
    const { body } = await open(await noted(hostile))
    expect(body).not.toContain('<script')
    expect(body).not.toContain('""')
    expect(body).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;')
  })

  test('is the same text for other modules', async () => {
    const noteId = await noted('between modules')
    expect(await app.client.showNote({ noteId }, anonymousCall())).toBe((await open(noteId)).body)
  })

  test('answers the form of a person, in either encoding of HTML', async () => {
    expect(await sign('name=Ada%20Lovelace')).toMatchObject({ status: 200 })
    const parts = new FormData()
    parts.set('name', 'Ada')
    const encoded = new Response(parts)
    const multipart = { ...browser, 'content-type': encoded.headers.get('content-type') ?? '' }
    const url = page(randomUUID())
    const answer = await app.http({ method: 'POST', url, headers: multipart, body: await encoded.text() })
    expect(answer.body).toContain('<h1>Hello Ada</h1>')
  })
})

describe('a fault on a page', () => {
  test('is a page for browsers, with the same status, escaped, under the same policy', async () => {
    const noteId = randomUUID()
    const { status, headers, body } = await open(noteId)
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toContain('There is nothing here')
    expect(body).toContain(`No &lt;b&gt;${noteId}&lt;/b&gt;.`)
    expect(body).toContain('<code>not-found</code>')
    expect(body).toContain(headers.get('x-request-id'))
  })

  test.each([
    ['nobody says', {}],
    ['anything will do', { accept: '*/*' }],
    ['JSON is wanted', { accept: 'application/json' }],
    ['HTML is refused', { accept: 'text/html;q=0, */*' }],
  ])('is a problem when %s', async (_, headers) => {
    const answer = await open(randomUUID(), headers)
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  test('names the fields of a form that was refused', async () => {
    const { status, body } = await sign(`${encodeURIComponent(hostile)}=1`)
    expect(status).toBe(400)
    expect(body).toContain('name: is required')
    expect(body).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;: is not a known field')
    expect(body).not.toContain('<script')
  })

  test('stays a problem where no page is, whoever asks', async () => {
    const url = `/api/v1/notes/${randomUUID()}`
    for (const path of [url, '/nowhere']) {
      const answer = await app.http({ method: 'GET', url: path, headers: browser })
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    }
  })

  test('is a page when there were too many requests, too', async () => {
    const small = await testModule(createNotes(), { platform: { rateLimit: 1 } })
    const ask = () => small.http({ method: 'GET', url: page(randomUUID()), headers: browser })
    expect((await ask()).status).toBe(404)
    const { status, headers, body } = await ask()
    expect([status, headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(body).toContain('<code>rate-limited</code>')
    await small.close()
  })
})

test('the document says which operations answer pages', async () => {
  const { body } = await app.http({ method: 'GET', url: '/api/v1/openapi.json' })
  const media = { 'text/html': { schema: { type: 'string' } } }
  expect(body).toMatchObject({
    paths: {
      '/api/v1/notes/pages/{noteId}': {
        get: {
          responses: {
            200: { content: media },
            404: { content: { ...media, 'application/problem+json': {} } },
          },
        },
      },
    },
  })
})
