import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineContract } from './contract.ts'
import { operation } from './operation.ts'
import { content, feed, protocol } from './stream.ts'
import type { AnyStream } from './stream.ts'
import { id, paging, timestamp } from './wire.ts'

const declare = (method: 'GET' | 'DELETE' | 'POST', input: z.ZodRawShape) => () => {
  const find = operation({
    method,
    path: '/api/v1/things/{thingId}/parts',
    summary: 'Parts',
    access: 'public',
    input: { thingId: id, ...input },
  })
  return defineContract({ name: 'things', operations: { find }, events: {} })
}

const scalar = {
  text: z.string().min(1),
  id,
  time: timestamp,
  number: z.number(),
  whole: z.int().min(1),
  flag: z.boolean(),
  word: z.enum(['one', 'other']),
  literal: z.literal('one'),
  named: z.enum(['one', 'other']).meta({ id: 'Named' }),
}

test.each(Object.entries(scalar))(
  '%s travels in a query, alone, optional, by default and repeated',
  (_, one) => {
    for (const field of [one, one.optional(), z.array(one), z.array(one).max(5).default([])]) {
      expect(declare('GET', { ...paging, field })).not.toThrow()
      expect(declare('DELETE', { field })).not.toThrow()
    }
  },
)

test.each([
  ['an object', z.object({ from: z.int() })],
  ['a record', z.record(z.string(), z.string())],
  ['null', z.null()],
  ['text or null', z.string().nullable()],
  ['null or nothing', z.string().nullable().optional()],
  ['a choice between types', z.union([z.string(), z.int()])],
  ['anything', z.unknown()],
  ['a list of objects', z.array(z.object({ from: z.int() }))],
  ['a list of lists', z.array(z.array(z.string()))],
  ['a list that may hold null', z.array(z.string().nullable())],
])('%s does not', (_, field) => {
  for (const method of ['GET', 'DELETE'] as const) {
    expect(declare(method, { field })).toThrow(`things.find: field cannot travel in the query of a ${method}`)
  }
  expect(declare('POST', { field })).not.toThrow()
})

const streaming = (stream: AnyStream, key = 'watch') => {
  const find = operation({
    method: 'GET',
    path: '/api/v1/things',
    summary: 'Things',
    access: 'public',
    input: {},
  })
  return () =>
    defineContract({ name: 'things', operations: { find }, streams: { [key]: stream }, events: {} })
}
const watched = { summary: 'Watch', access: 'user', input: {}, event: z.object({}) } as const
const written = { summary: 'Write', access: 'user', name: 'pen 1.0', methods: ['PUT'] } as const

test('a stream has an address of its domain, and fields that travel there', () => {
  const read = { summary: 'Read', access: 'internal', input: { thingId: id }, mediaTypes: ['*/*'] } as const
  expect(streaming(feed({ ...watched, path: '/api/v1/things/{thingId}/events' }))).not.toThrow()
  expect(streaming(content({ ...read, path: '/internal/v1/things/{thingId}' }))).not.toThrow()
  expect(streaming(protocol({ ...written, path: '/api/v1/things/writing' }))).not.toThrow()
  expect(streaming(feed({ ...watched, path: '/api/v1/others/events' }))).toThrow('is not its own')
  expect(streaming(content({ ...read, path: '/api/v1/things/{thingId}' }))).toThrow('under /internal')
  expect(streaming(protocol({ ...written, path: '/internal/v1/things' }))).toThrow('under /internal')
  expect(streaming(protocol({ ...written, path: '/api/v1/things/{thingId}' }))).toThrow('has no fields')
  const nested = { input: { from: z.object({}) }, path: '/api/v1/things/events' }
  expect(streaming(feed({ ...watched, ...nested }))).toThrow('from cannot travel in the query')
})

test('a stream does not go by the name of an operation', () => {
  const stream = feed({ ...watched, path: '/api/v1/things/events' })
  expect(streaming(stream, 'find')).toThrow('things.find is an operation and a stream')
})
