import { jsonSchemaOf, payloadSchemaOf } from '@cenopie/platform-runtime'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { canonical } from './canonical.ts'
import { sides } from './sides.ts'
import { gaps } from './understands.ts'
import type { Reading, Rooted } from './understands.ts'

const forms = {
  request: (type: z.ZodType) => jsonSchemaOf(type, 'input'),
  response: (type: z.ZodType) => jsonSchemaOf(type, 'output'),
  subscriber: payloadSchemaOf,
  entry: payloadSchemaOf,
}
type Side = keyof typeof forms

function rooted(type: z.ZodType, side: Side): Rooted {
  const types = {}
  const schema = canonical(forms[side](type), 'requests', 'it', types)
  return { schema, root: { types: { requests: types } } }
}

/** Where yesterday's schema and today's fall apart: a request and an entry are of yesterday, the rest is told today. */
function broken(side: Side, before: z.ZodType, after: z.ZodType): string[] {
  const [old, now] = [rooted(before, side), rooted(after, side)]
  const told = side === 'response' || side === 'subscriber'
  const [written, read] = told ? [now, old] : [old, now]
  return gaps(written, read, sides[side].reading as Reading).map(({ path }) => path)
}

interface Node {
  name: string
  children: Node[]
}
const tree = (name: z.ZodString): z.ZodType<Node> => {
  const node: z.ZodType<Node> = z.object({ name, children: z.array(z.lazy(() => node)) }).meta({ id: 'Tree' })
  return node
}
const o = z.object
const s = z.string()
const kind = (k: string, rest: z.ZodRawShape = {}) => o({ kind: z.literal(k), ...rest })

/** Each row: a change, and on which sides it breaks. */
const rows: [string, z.ZodType, z.ZodType, Side[]][] = [
  ['nothing', o({ a: s }), o({ a: s }), []],
  ['words about it', o({ a: s.describe('x') }), o({ a: s.describe('y').meta({ examples: ['z'] }) }), []],
  [
    'the order of fields and values',
    o({ a: s, b: z.enum(['x', 'y']) }),
    o({ b: z.enum(['y', 'x']), a: s }),
    [],
  ],
  ['a field more, required', o({ a: s }), o({ a: s, b: s }), ['request', 'entry']],
  ['a field more, optional', o({ a: s }), o({ a: s, b: s.optional() }), []],
  ['a field more, with a default', o({ a: s }), o({ a: s, b: s.default('x') }), []],
  ['a field less', o({ a: s, b: s }), o({ a: s }), ['request', 'response', 'subscriber']],
  [
    'an optional field less',
    o({ a: s, b: s.optional() }),
    o({ a: s }),
    ['request', 'response', 'subscriber'],
  ],
  ['a field renamed', o({ a: s }), o({ b: s }), ['request', 'response', 'subscriber', 'entry']],
  ['required → optional', o({ a: s }), o({ a: s.optional() }), ['response', 'subscriber']],
  ['optional → required', o({ a: s.optional() }), o({ a: s }), ['request', 'entry']],
  ['optional → default', o({ a: s.optional() }), o({ a: s.default('x') }), ['request']],
  ['required → default', o({ a: s }), o({ a: s.default('x') }), []],
  ['another default', o({ a: s.default('x') }), o({ a: s.default('y') }), ['request']],
  ['string → number', o({ a: s }), o({ a: z.number() }), ['request', 'response', 'subscriber', 'entry']],
  ['integer → number', o({ a: z.int() }), o({ a: z.number() }), ['response', 'subscriber']],
  ['number → integer', o({ a: z.number() }), o({ a: z.int() }), ['request', 'entry']],
  ['a value more', z.enum(['a']), z.enum(['a', 'b']), ['response', 'subscriber']],
  ['a value less', z.enum(['a', 'b']), z.enum(['a']), ['request', 'entry']],
  ['values → any text', z.enum(['a']), s, ['response', 'subscriber']],
  [
    'values → text that is too short for them',
    z.enum(['abc']),
    s.max(2),
    ['request', 'response', 'subscriber', 'entry'],
  ],
  ['true → boolean', z.literal(true), z.boolean(), ['response', 'subscriber']],
  ['longer', s.max(10), s.max(20), ['response', 'subscriber']],
  ['shorter', s.max(20), s.max(10), ['request', 'entry']],
  ['without limit', s.max(20), s, ['response', 'subscriber']],
  ['a limit', s, s.max(20), ['request', 'entry']],
  ['a longer beginning', s, s.min(1), ['request', 'entry']],
  ['a higher number', z.int().max(5), z.int().max(9), ['response', 'subscriber']],
  ['a number above instead of from', z.number().gte(5), z.number().gt(5), ['request', 'entry']],
  ['another pattern', s.regex(/^a/), s.regex(/^b/), ['request', 'response', 'subscriber', 'entry']],
  ['a form of text', s, z.uuid(), ['request', 'entry']],
  ['any text instead of a form', z.uuid(), s, ['response', 'subscriber']],
  ['more items', z.array(s).max(5), z.array(s).max(9), ['response', 'subscriber']],
  ['other items', z.array(s), z.array(z.int()), ['request', 'response', 'subscriber', 'entry']],
  [
    'deep inside',
    o({ a: z.array(o({ b: s })) }),
    o({ a: z.array(o({ b: s.optional() })) }),
    ['response', 'subscriber'],
  ],
  ['nullable', o({ a: s }), o({ a: s.nullable() }), ['response', 'subscriber']],
  ['no longer nullable', o({ a: s.nullable() }), o({ a: s }), ['request', 'entry']],
  ['a form more', z.union([s, z.int()]), z.union([s, z.int(), z.boolean()]), ['response', 'subscriber']],
  [
    'a kind more',
    z.discriminatedUnion('kind', [kind('a')]),
    z.discriminatedUnion('kind', [kind('a'), kind('b')]),
    ['response', 'subscriber'],
  ],
  [
    'a kind less',
    z.discriminatedUnion('kind', [kind('a'), kind('b')]),
    z.discriminatedUnion('kind', [kind('a')]),
    ['request', 'entry'],
  ],
  [
    'a required field more in one kind',
    z.discriminatedUnion('kind', [kind('a'), kind('b')]),
    z.discriminatedUnion('kind', [kind('a'), kind('b', { n: s })]),
    ['request', 'entry'],
  ],
  [
    'a record of other values',
    z.record(s, s),
    z.record(s, z.int()),
    ['request', 'response', 'subscriber', 'entry'],
  ],
  ['a record of longer names', z.record(s.max(5), s), z.record(s.max(9), s), ['response', 'subscriber']],
  ['an open record', o({ a: s }), z.record(s, s), ['response', 'subscriber']],
  ['a strict reader', o({ a: s }), z.strictObject({ a: s }), []],
  [
    'a field more for strict readers',
    z.strictObject({ a: s }),
    z.strictObject({ a: s, b: s.optional() }),
    ['subscriber'],
  ],
  [
    'a field less for strict readers',
    z.strictObject({ a: s, b: s.optional() }),
    z.strictObject({ a: s }),
    ['request', 'response', 'subscriber', 'entry'],
  ],
  [
    'another name of the type',
    o({ a: o({ b: s }).meta({ id: 'X' }) }),
    o({ a: o({ b: s }).meta({ id: 'Y' }) }),
    [],
  ],
  ['a type that contains itself, alike', tree(s), tree(s), []],
  ['a type that contains itself, deep inside', tree(s.max(5)), tree(s.max(9)), ['response', 'subscriber']],
  ['what cannot be decided', z.tuple([s]), z.tuple([s, s]), ['request', 'response', 'subscriber', 'entry']],
  ['what cannot be decided, alike', z.tuple([s, s]), z.tuple([s, s]), []],
]

describe.each(Object.keys(forms) as Side[])('%s', (side) => {
  test.each(rows)('%s', (_name, before, after, sidesAtFault) => {
    const found = broken(side, before, after)
    if (sidesAtFault.includes(side)) expect(found).not.toEqual([])
    else expect(found).toEqual([])
  })
})

test('a gap says where, what was written and what was read', () => {
  const before = rooted(o({ a: z.array(o({ b: s.max(5) })), c: s.optional() }), 'request')
  const after = rooted(o({ a: z.array(o({ b: s.max(4) })), c: s }), 'request')
  expect(gaps(before, after, sides.request.reading)).toEqual([
    { path: '$.a[].b', written: 'maxLength 5', read: 'maxLength 4' },
    { path: '$.c', written: 'optional string', read: 'required string' },
  ])
})

test('two types of one name are refused', () => {
  const types = {}
  const named = (inner: z.ZodType) => jsonSchemaOf(o({ x: o({ inner }).meta({ id: 'Same' }) }), 'input')
  canonical(named(s), 'requests', 'one', types)
  expect(() => canonical(named(z.int()), 'requests', 'two', types)).toThrow('called Same')
})
