import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineContract } from './contract.ts'
import { operation } from './operation.ts'
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
