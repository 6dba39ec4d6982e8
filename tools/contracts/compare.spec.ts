import { content, event, fault, feed, operation, protocol, task } from '@cenopie/platform-contract'
import type { AnyOperation, AnyStream } from '@cenopie/platform-contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { compare } from './compare.ts'
import { lineOf } from './finding.ts'
import { snapshotOf } from './snapshot.ts'
import type { Promises } from './snapshot.ts'

const today = '2026-06-01'
const spec = {
  method: 'PUT',
  path: '/api/v1/shelf/books/{bookId}',
  summary: 'Put a book on the shelf',
  access: 'user',
  input: { bookId: z.uuid(), title: z.string().max(100) },
  output: z.object({ place: z.int() }),
} as const
const putBook = operation(spec)
const bookPut = event('shelf.book-put', 1, z.object({ title: z.string() }))
const dust = task('shelf.dust', z.object({ bookId: z.uuid() }))
const full = fault('shelf.full', 'conflict', 'The shelf is full.')
const rule = { name: 'title-in-capitals', refuse: () => undefined }

interface Code {
  operations?: Record<string, AnyOperation>
  streams?: Record<string, AnyStream>
  events?: Promises['publishes']
  tasks?: Promises['tasks']
}

const snapshot = ({ operations = { putBook }, streams = {}, events = [bookPut], tasks = [dust] }: Code) =>
  snapshotOf({
    name: 'shelf',
    provides: Object.entries(operations).map(([key, one]) => ({ key, operation: one })),
    streams: Object.entries(streams).map(([key, stream]) => ({ key, stream })),
    publishes: events,
    tasks,
  })
const found = (was: Code, is: Code) => compare(snapshot(was), snapshot(is), today)
const told = (was: Code, is: Code) =>
  found(was, is).map(({ breaking, side, path }) => `${breaking ? 'breaking' : 'compatible'} ${side} ${path}`)
const change = (
  was: Partial<Parameters<typeof operation>[0]>,
  is: Partial<Parameters<typeof operation>[0]>,
) =>
  told(
    { operations: { putBook: operation({ ...spec, ...was }) } },
    { operations: { putBook: operation({ ...spec, ...is }) } },
  )

test('nothing changed, nothing told', () => {
  expect(found({}, {})).toEqual([])
})

describe('an operation', () => {
  test.each<[string, Parameters<typeof change>, string[]]>([
    ['another status', [{}, { status: 201 }], ['breaking response status']],
    ['for the signed-in only', [{ access: 'public' }, {}], ['breaking request access']],
    ['for everybody', [{}, { access: 'public' }], ['compatible request access']],
    ['not to be repeated', [{}, { repeatable: false }], ['breaking request repeatable']],
    ['repeatable', [{ repeatable: false }, {}], ['compatible request repeatable']],
    ['sensitive', [{}, { sensitive: true }], ['breaking request sensitive']],
    [
      'a sensitive read',
      [{ method: 'GET' }, { method: 'GET', sensitive: true }],
      ['compatible request sensitive'],
    ],
    ['no forms', [{ forms: true }, {}], ['breaking request forms']],
    ['forms', [{}, { forms: true }], ['compatible request forms']],
    ['smaller bodies', [{}, { bodyLimit: 1024 }], ['breaking request bodyLimit']],
    ['larger bodies', [{}, { bodyLimit: 1024 ** 2 }], ['compatible request bodyLimit']],
    ['a fault more', [{}, { faults: [full] }], ['breaking response faults.shelf.full']],
    ['a fault less', [{ faults: [full] }, {}], ['compatible response faults.shelf.full']],
    [
      'another status of a fault',
      [{ faults: [full] }, { faults: [{ ...full, kind: 'gone' }] }],
      ['breaking response faults.shelf.full'],
    ],
    ['a check more', [{}, { checks: [rule] }], ['breaking request checks.title-in-capitals']],
    ['a check less', [{ checks: [rule] }, {}], ['compatible request checks.title-in-capitals']],
    [
      'another address',
      [{}, { path: '/api/v1/shelf/volumes/{bookId}' }],
      ['breaking all address', 'compatible all address'],
    ],
    [
      'another method',
      [{}, { method: 'PATCH', repeatable: true }],
      ['breaking all address', 'compatible all address'],
    ],
    ['no answer', [{}, { output: undefined }], ['breaking response status']],
    [
      'a page',
      [{ output: z.string() }, { output: z.string(), mediaType: 'text/html' }],
      ['breaking response mediaType'],
    ],
    ['other words', [{}, { summary: 'Other words', description: 'More of them' }], []],
    ['a rate limit', [{}, { rateLimit: { max: 1, windowSeconds: 60 } }], []],
  ])('%s', (_name, [was, is], expected) => {
    expect(change(was, is)).toEqual(expected)
  })

  test('known by its address: nobody outside knows its key', () => {
    expect(told({}, { operations: { shelveBook: putBook } })).toEqual(['compatible all key'])
  })

  test('gone, and new', () => {
    expect(told({}, { operations: {} })).toEqual(['breaking all address'])
    expect(told({ operations: {} }, {})).toEqual(['compatible all address'])
  })

  test('each side apart, in a line that says what was, what is and what to do', () => {
    const is = operation({
      ...spec,
      input: { ...spec.input, colour: z.string() },
      output: z.object({ place: z.int(), row: z.int() }),
    })
    expect(found({}, { operations: { putBook: is } }).map(lineOf)).toEqual([
      'BREAKING   shelf: operation putBook, request, $.colour: nothing → required string. ' +
        'Declare the change beside it, at /api/v2/shelf/books/{bookId}, and deprecate this one.',
      'compatible shelf: operation putBook, response, $.row: nothing → required integer. ' +
        'Accept it: npm run contracts -- accept.',
    ])
  })

  test('the change is welcome as a new version beside the old one', () => {
    const putBookV2 = operation({ ...spec, path: '/api/v2/shelf/books/{bookId}', output: z.object({}) })
    const old = operation({
      ...spec,
      deprecated: { since: today, sunset: '2027-01-01', successor: putBookV2 },
    })
    expect(told({}, { operations: { putBook: putBookV2, putBookV1: old } })).toEqual([
      'compatible all key',
      'compatible all deprecated',
      'compatible all address',
    ])
  })
})

describe('an ending', () => {
  const ending = (sunset: string) => {
    const deprecated = { since: '2026-01-01', sunset }
    return {
      operations: { putBook: operation({ ...spec, deprecated }) },
      events: [event(bookPut.name, 1, bookPut.payload, deprecated)],
      tasks: [task(dust.name, dust.payload, { deprecated })],
    }
  }
  const none = { operations: {}, events: [], tasks: [] }
  const thrice = (text: string) => Array.from({ length: 3 }, () => expect.stringMatching(text))

  test.each([
    ['may be over on its sunset', ending(today), none, '^compatible'],
    ['may not be over before', ending('2026-06-02'), none, '^breaking'],
    ['may be promised', {}, ending('2026-06-02'), '^compatible all deprecated'],
    ['may not come as a surprise', {}, ending(today), '^breaking all deprecated'],
    ['may be put off', ending('2026-07-01'), ending('2026-08-01'), '^compatible all deprecated'],
    ['may not be brought forward', ending('2026-08-01'), ending('2026-07-01'), '^breaking all deprecated'],
    ['may be called off', ending('2026-08-01'), {}, '^compatible all deprecated'],
  ])('%s', (_name, was, is, expected) => {
    expect(told(was, is)).toEqual(thrice(expected))
  })
})

describe('an event', () => {
  const payload = bookPut.payload.extend({ pages: z.int() })
  test('breaks subscribers by what it no longer says, waiting entries by what they do not say yet', () => {
    const other = z.object({ name: z.string() })
    expect(told({}, { events: [event(bookPut.name, 1, other)] })).toEqual([
      'breaking subscriber $.title',
      'breaking waiting entry $.name',
    ])
    expect(told({}, { events: [event(bookPut.name, 1, payload)] })).toEqual([
      'breaking waiting entry $.pages',
    ])
    expect(told({}, { events: [event(bookPut.name, 1, payload.partial({ pages: true }))] })).toEqual([
      'compatible subscriber $.pages',
    ])
  })

  test('renamed is gone and new', () => {
    expect(told({}, { events: [event('shelf.book-shelved', 1, bookPut.payload)] })).toEqual([
      'breaking all name',
      'compatible all name',
    ])
  })

  test('changed as its next version beside this one', () => {
    expect(told({}, { events: [bookPut, event(bookPut.name, 2, payload)] })).toEqual(['compatible all name'])
  })

  test('replaced by its next version', () => {
    expect(told({}, { events: [event(bookPut.name, 2, payload)] })).toEqual([
      'breaking all name',
      'compatible all name',
    ])
  })
})

test('a task is read by nobody but itself', () => {
  const fewer = task(dust.name, z.object({}))
  const more = task(dust.name, dust.payload.extend({ wet: z.boolean() }))
  expect(told({}, { tasks: [fewer] })).toEqual(['compatible waiting entry $.bookId'])
  expect(told({}, { tasks: [more] })).toEqual(['breaking waiting entry $.wet'])
  expect(told({}, { tasks: [] })).toEqual(['breaking all name'])
  expect(told({}, { tasks: [{ ...dust, attempts: 1, backoffSeconds: 60 }] })).toEqual([])
})

describe('a stream', () => {
  const readBook = {
    path: '/api/v1/shelf/books/{bookId}/text',
    summary: 'Read a book',
    access: 'user',
    input: { bookId: z.uuid() },
    mediaTypes: ['text/plain'],
  } as const
  const hearBook = {
    path: '/api/v1/shelf/books/{bookId}/reading',
    summary: 'Have it read aloud',
    access: 'user',
    input: { bookId: z.uuid() },
    event: z.object({ page: z.int() }),
  } as const
  const bringBooks = {
    path: '/api/v1/shelf/deliveries',
    summary: 'Bring books',
    access: 'user',
    name: 'cart 1.0',
    methods: ['POST', 'PATCH'],
  } as const
  const at = (stream: AnyStream | undefined) => ({ streams: stream ? { stream } : {} })
  const read = (is: Partial<Parameters<typeof content>[0]> = {}) => at(content({ ...readBook, ...is }))
  const hear = (is: Partial<Parameters<typeof feed>[0]> = {}) => at(feed({ ...hearBook, ...is }))
  const bring = (is: Partial<Parameters<typeof protocol>[0]> = {}) => at(protocol({ ...bringBooks, ...is }))
  const ending = { since: '2026-01-01', sunset: '2026-05-01' }

  test.each<[string, [Code, Code], string[]]>([
    ['as it was', [read(), read({ summary: 'Other words' })], []],
    ['more', [{}, read()], ['compatible all address']],
    ['gone', [read(), {}], ['breaking all address']],
    ['gone after its sunset', [read({ deprecated: ending }), {}], ['compatible all address']],
    [
      'elsewhere',
      [read(), read({ path: '/api/v1/shelf/texts/{bookId}' })],
      ['breaking all address', 'compatible all address'],
    ],
    [
      'of another kind',
      [read(), hear({ path: readBook.path })],
      ['breaking all kind', 'compatible response mediaTypes'],
    ],
    ['for the signed-in only', [read({ access: 'public' }), read()], ['breaking request access']],
    ['for everybody', [read(), read({ access: 'public' })], ['compatible request access']],
    [
      'of one media type more',
      [read(), read({ mediaTypes: ['text/plain', 'text/html'] })],
      ['breaking response mediaTypes'],
    ],
    [
      'of one media type less',
      [read({ mediaTypes: ['text/plain', 'text/html'] }), read()],
      ['compatible response mediaTypes'],
    ],
    ['with a fault more', [read(), read({ faults: [full] })], ['breaking response faults.shelf.full']],
    ['with a check more', [read(), read({ checks: [rule] })], ['breaking request checks.title-in-capitals']],
    [
      'with a field more, required',
      [read(), read({ input: { ...readBook.input, page: z.int() } })],
      ['breaking request $.page'],
    ],
    [
      'with a field more, optional',
      [read(), read({ input: { ...readBook.input, page: z.int().optional() } })],
      ['compatible request $.page'],
    ],
    ['with less in its events', [hear(), hear({ event: z.object({}) })], ['breaking response $.page']],
    [
      'with more in its events',
      [hear(), hear({ event: z.object({ page: z.int(), text: z.string() }) })],
      ['compatible response $.text'],
    ],
    ['of another protocol', [bring(), bring({ name: 'cart 2.0' })], ['breaking request name']],
    ['of a method less', [bring(), bring({ methods: ['POST'] })], ['breaking request methods']],
    ['of a method more', [bring({ methods: ['POST'] }), bring()], ['compatible request methods']],
  ])('%s', (_, [was, is], expected) => {
    expect(told(was, is).toSorted()).toEqual(expected.toSorted())
  })
})
