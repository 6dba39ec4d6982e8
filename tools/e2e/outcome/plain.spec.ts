import { expect, test } from 'vitest'
import { plain, plainRow } from './plain.ts'

const claims = (value: object) => `e30.${Buffer.from(JSON.stringify(value)).toString('base64url')}.c2ln`

test.each([
  ['a time', '2026-11-23T10:00:00.123Z', '<time>'],
  ['a day', '2020-11-23', '2020-11-23'],
  ['today', `on ${new Date().toISOString().slice(0, 10)}`, 'on <today>'],
  ['a time in words', 'until Tuesday, 24 November 2026 at 19:09 UTC.', 'until <time>.'],
  ['a minute', '2020-11-23 10:00 UTC: given', '<time>: given'],
  ['a minute without spaces', 'exported2020-11-2310:00UTC', 'exported<time>'],
  ['a link', 'http://127.0.0.1:35339/api/v1/jobs', '<url>/api/v1/jobs'],
  ['a link elsewhere', 'https://example.com/jobs', 'https://example.com/jobs'],
  ['a secret', `code ${'aB3-_'.repeat(9)}`, 'code <secret>'],
  ['a long word', 'analytical-engines-of-london-and-of-the-rest-of-the-world', undefined],
  ['bytes', '\\x00ff', '<secret>'],
  ['no value', undefined, null],
])('%s', (_name, given, expected) => {
  expect(plain(given)).toBe(expected === undefined && given !== undefined ? given : expected)
})

test('a token becomes what it says', () => {
  expect(plain({ token: claims({ sub: 'ada', role: 'owner', iat: 1, exp: 2 }) })).toEqual({
    token: { claims: { sub: 'ada', role: 'owner', iat: '<iat>', exp: '<exp>' } },
  })
})

test('a cursor is opaque, and its absence is not', () => {
  expect(plain([{ nextCursor: 'eyJ' }, { nextCursor: null }])).toEqual([
    { nextCursor: '<nextCursor>' },
    { nextCursor: null },
  ])
})

test('a number in which an id hides keeps the rest', () => {
  expect(plainRow('search.person', { rank: 2 * 2 ** 32 + 17 })).toEqual({ rank: 2 })
  expect(plainRow('search.posting', { rank: 17 })).toEqual({ rank: '<time>' })
})

test('what an encoded film weighs depends on threads, also in a sum; nothing else does', () => {
  expect(plain({ mediaType: 'video/mp4', bytes: 805_024 })).toMatchObject({ bytes: '<bytes>' })
  expect(plain({ removed: { bytes: 805_024, objects: 7 } })).toEqual({
    removed: { bytes: '<bytes>', objects: 7 },
  })
  expect(plain({ mediaType: 'image/png', bytes: 17 })).toMatchObject({ bytes: 17 })
})
