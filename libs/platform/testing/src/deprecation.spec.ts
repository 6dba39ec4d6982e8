import { randomUUID } from 'node:crypto'
import { Fault, defineContract, faults, id, operation } from '@cenopie/platform-contract'
import { defineModule, openApi } from '@cenopie/platform-runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { anonymousCall, testModule } from './index.ts'
import type { TestModule } from './index.ts'

const readPage = operation({
  method: 'GET',
  path: '/api/v2/book/pages/{pageId}',
  summary: 'Read a page',
  access: 'public',
  input: { pageId: id },
  output: z.object({ text: z.string(), words: z.int() }),
})
const bookContract = defineContract({
  name: 'book',
  operations: {
    readPage,
    readPageV1: operation({
      method: 'GET',
      path: '/api/v1/book/pages/{pageId}',
      summary: 'Read a page',
      access: 'public',
      input: { pageId: id },
      output: z.object({ text: z.string() }),
      faults: [faults.notFound],
      deprecated: { since: '2026-01-01', sunset: '2027-06-30', successor: readPage },
    }),
    readFirstV1: operation({
      method: 'GET',
      path: '/api/v1/book/first',
      summary: 'Read the first page',
      access: 'public',
      input: {},
      deprecated: { since: '2026-01-01', sunset: '2027-06-30', successor: readPage },
    }),
  },
  events: {},
})
const book = defineModule({
  contract: bookContract,
  prisma: new URL('fixture/no-prisma/', import.meta.url),
  start: () => ({
    operations: {
      readPage: async () => ({ text: 'two words', words: 2 }),
      readPageV1: async ({ pageId }) => {
        if (pageId === missing) throw new Fault(faults.notFound)
        return { text: 'two words' }
      },
      readFirstV1: async () => {},
    },
  }),
})

const missing = randomUUID()
let app: TestModule<typeof bookContract>
beforeAll(async () => {
  app = await testModule(book)
})
afterAll(() => app.close())

test('both versions answer, in the process and over HTTP', async () => {
  const pageId = randomUUID()
  expect(await app.client.readPageV1({ pageId }, anonymousCall())).toEqual({ text: 'two words' })
  expect(await app.http({ method: 'GET', url: `/api/v1/book/pages/${pageId}` })).toMatchObject({
    status: 200,
    body: { text: 'two words' },
  })
  expect(await app.http({ method: 'GET', url: `/api/v2/book/pages/${pageId}` })).toMatchObject({
    status: 200,
    body: { text: 'two words', words: 2 },
  })
})

test.each([
  ['an answer', randomUUID(), 200],
  ['a fault', missing, 404],
  ['a refusal', 'no-id', 400],
])('the old one says in %s since when, until when and what instead', async (_name, pageId, status) => {
  const answer = await app.http({ method: 'GET', url: `/api/v1/book/pages/${pageId}` })
  expect(answer.status).toBe(status)
  // RFC 9745: an @ and Unix seconds. RFC 8594: an HTTP date.
  expect(answer.headers.get('deprecation')).toBe('@1767225600')
  expect(answer.headers.get('sunset')).toBe('Wed, 30 Jun 2027 00:00:00 GMT')
  expect(answer.headers.get('link')).toBe(`</api/v2/book/pages/${pageId}>; rel="successor-version"`)
})

test('the new one says nothing of the kind', async () => {
  const { headers } = await app.http({ method: 'GET', url: `/api/v2/book/pages/${randomUUID()}` })
  for (const name of ['deprecation', 'sunset', 'link']) expect(headers.get(name)).toBeNull()
})

test('no link leads to a path that cannot be known', async () => {
  const { headers } = await app.http({ method: 'GET', url: '/api/v1/book/first' })
  expect(headers.get('deprecation')).toBe('@1767225600')
  expect(headers.get('link')).toBeNull()
})

test('the document marks it', () => {
  const { paths } = openApi([bookContract], 'http://localhost') as { paths: Record<string, unknown> }
  expect(paths['/api/v1/book/pages/{pageId}']).toMatchObject({
    get: { deprecated: true, description: expect.stringContaining('GET /api/v2/book/pages/{pageId}') },
  })
  expect(paths['/api/v2/book/pages/{pageId}']).not.toHaveProperty('get.deprecated')
})

test.each([
  ['2026-01-01', '2026-01-01'],
  ['2026-02-30', '2027-01-01'],
  ['soon', '2027-01-01'],
  ['2026-01-01', '2027-01-01T00:00:00Z'],
])('from %s to %s is no deprecation', (since, sunset) => {
  const { method, path, summary, access, input } = readPage
  const spec = { method, path, summary, access, input, deprecated: { since, sunset } }
  expect(() => operation(spec)).toThrow('two days')
})
