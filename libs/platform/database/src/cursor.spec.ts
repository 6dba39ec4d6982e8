import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'

const shape = z.tuple([z.iso.datetime(), z.uuid()])

test('a cursor comes back as it was packed', () => {
  const values = [new Date('2026-11-23T10:00:00.123Z'), '0199b0a0-7e6f-7000-8000-000000000000']
  const cursor = encodeCursor(values)
  expect(cursor).toMatch(/^[\w-]+$/)
  expect(decodeCursor(cursor, shape)).toEqual(['2026-11-23T10:00:00.123Z', values[1]])
})

test('no cursor is the first page', () => {
  expect(decodeCursor(undefined, shape)).toBeUndefined()
})

test('a page has a cursor only while rows follow', () => {
  const page = pageOf([{ id: 1 }, { id: 2 }, { id: 3 }], 2, ({ id }) => id)
  expect(page.items).toEqual([{ id: 1 }, { id: 2 }])
  expect(decodeCursor(page.nextCursor, z.int())).toBe(2)
  expect(pageOf([{ id: 3 }], 2, ({ id }) => id)).toEqual({ items: [{ id: 3 }] })
})

test.each([
  '',
  'not base64 at all!',
  encodeCursor(['2026-11-23T10:00:00Z', "' or 1=1 --"]),
  encodeCursor(null),
])('a forged cursor is refused by name: %j', (cursor) => {
  expect(() => decodeCursor(cursor, shape)).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      errors: [expect.objectContaining({ field: 'cursor' })],
    }),
  )
})
