import { id, operation, page, timestamp } from '@cenopie/platform-contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { compile } from './compile.ts'
import { copyAny, copyBySchema, detour } from './copy.ts'
import { forSerialiser, jsonSchemaOf } from './schemas.ts'

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree)
  },
})
const types = {
  item: z.object({
    id,
    at: timestamp,
    text: z.string(),
    size: z.int(),
    share: z.number().optional(),
    open: z.boolean(),
    pay: z.object({ min: z.int(), max: z.int().optional() }).nullable(),
    kind: z.enum(['a', 'b']),
    version: z.literal(1),
    tags: z.array(z.string()),
    counts: z.record(z.string(), z.int()),
  }),
  page: page(z.object({ name: z.string() })),
  tree,
  union: z.object({ either: z.union([z.object({ a: z.string() }), z.object({ b: z.int() })]).optional() }),
  anything: z.object({ value: z.unknown() }),
}
const item = {
  id: '0199f0a0-0000-7000-8000-000000000001',
  at: '2026-01-01T00:00:00Z',
  text: 'ä "quoted" \\ \n 😀',
  size: 3,
  share: 0.5,
  open: false,
  pay: null,
  kind: 'a',
  version: 1,
  tags: ['x', ''],
  counts: { one: 1, two: 2 },
}

const cases: [string, keyof typeof types, unknown][] = [
  ['as it should be', 'item', item],
  ['with more than is shown', 'item', { ...item, secret: 'x', pay: { min: 1, secret: 'y' } }],
  ['with what is undefined', 'item', { ...item, share: undefined, pay: { min: 1, max: undefined } }],
  ['with a date', 'item', { ...item, at: new Date(0) }],
  ['with what becomes another thing as text', 'item', { ...item, text: { toJSON: () => 'a' } }],
  ['with a number that is none', 'item', { ...item, share: NaN }],
  ['with an infinite number', 'item', { ...item, share: Infinity }],
  ['with a zero below zero', 'item', { ...item, share: -0, size: -0 }],
  ['with a fraction for an integer', 'item', { ...item, size: 1.5 }],
  ['with a number for a text', 'item', { ...item, text: 7 }],
  ['with a text for a number', 'item', { ...item, size: '7' }],
  ['with null for a text', 'item', { ...item, text: null }],
  ['with another constant', 'item', { ...item, version: 2 }],
  ['with a gap in a list', 'item', { ...item, tags: ['a', undefined] }],
  ['with a text for a list', 'item', { ...item, tags: 'a' }],
  ['without what is required', 'item', { ...item, text: undefined }],
  ['that is none', 'item', null],
  ['with a time that is a text', 'item', { ...item, at: 'never' }],
  ['of pages', 'page', { items: [{ name: 'a', secret: 'x' }], nextCursor: 'c' }],
  ['of the last page', 'page', { items: [] }],
  ['that holds itself', 'tree', { name: 'a', children: [{ name: 'b', children: [], secret: 'x' }] }],
  ['of one of two kinds', 'union', { either: { b: 1 } }],
  ['of neither kind', 'union', {}],
  ['of any kind', 'anything', { value: { a: [1, { b: undefined, c: new Date(0) }], d: new Map([[1, 2]]) } }],
  ['with a prototype for a field', 'anything', { value: JSON.parse('{"__proto__":{"a":1}}') as unknown }],
]

describe('an answer', () => {
  test.each(cases)('%s is copied as the text would have it', (_name, type, value) => {
    const output = types[type]
    const spec = {
      method: 'GET',
      path: '/internal/v1/x',
      summary: '',
      access: 'internal',
      input: {},
    } as const
    const { stringify, copy } = compile(operation({ ...spec, output }), 'json')
    const outcome = (make: () => unknown) => {
      try {
        return { made: make() }
      } catch (error) {
        return { failed: (error as Error).message }
      }
    }
    const text = outcome(() => JSON.parse((stringify as (value: unknown) => string)(value)) as unknown)
    const copied = outcome(() => copy(value))
    expect(copied).toEqual(text)
    expect(JSON.stringify(copied)).toBe(JSON.stringify(text))
  })

  test('shares nothing with what it was copied from', () => {
    const { copy } = compile(
      operation({
        method: 'GET',
        path: '/internal/v1/x',
        summary: '',
        access: 'internal',
        input: {},
        output: types.anything,
      }),
      'json',
    )
    const value = { value: { list: [{ a: 1 }] } }
    const copied = copy(value) as typeof value
    copied.value.list[0]!.a = 2
    expect(value.value.list[0]!.a).toBe(1)
  })

  test('of the usual kind takes no detour', () => {
    expect(copyBySchema(forSerialiser(jsonSchemaOf(types.item, 'output')))(item)).not.toBe(detour)
    expect(copyAny(item)).not.toBe(detour)
  })
})
