import { operation } from '@cenopie/platform-contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { responseCheck } from './response-check.ts'

const path = '/api/v1/things/{id}'
const schema = {
  type: 'object',
  properties: { at: { type: 'string', format: 'date-time' } },
  required: ['at'],
  additionalProperties: false,
}
const check = responseCheck({
  paths: {
    [path]: {
      get: {
        operationId: 'things_get',
        responses: { 200: { content: { 'application/json': { schema }, 'image/*': {} } }, 204: {} },
      },
    },
  },
})
const getThing = operation({
  method: 'GET',
  path,
  summary: 'Read a thing',
  access: 'public',
  input: { id: z.uuid() },
})

const answered = (status: number, body: unknown, mediaType = 'application/json; charset=utf-8') =>
  check({
    operation: getThing,
    name: 'things.getThing',
    request: { path: '/api/v1/things/1' },
    status,
    headers: new Headers({ 'content-type': mediaType }),
    body,
    elapsed: 1,
  })

test('passes what the document promises', () => {
  expect(answered(200, { at: '2026-11-23T16:00:00Z' })).toBeUndefined()
  expect(answered(204, '')).toBeUndefined()
  expect(answered(200, { bytes: 1 }, 'image/avif')).toBeUndefined()
})

test.each([
  ['an undocumented status', answered(201, {}), /does not name/],
  ['another media type', answered(200, '<p>', 'text/html'), /text\/html instead of application\/json/],
  ['a missing field', answered(200, {}), /must have required property 'at'/],
  ['a field too many', answered(200, { at: '2026-11-23T16:00:00Z', secret: 1 }), /must NOT have additional/],
  ['a malformed value', answered(200, { at: 'today' }), /must match format "date-time"/],
  ['a body where there is none', answered(204, {}), /a body the document does not name/],
])('tells %s', (_, difference, expected) => {
  expect(difference).toMatch(/^GET \/api\/v1\/things\/\{id\} answered/)
  expect(difference).toMatch(expected)
})
