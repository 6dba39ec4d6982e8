import { expect, test } from 'vitest'
import { prefixQuery } from './search-words.ts'

test('every word is a quoted beginning, and nothing that was typed is syntax', () => {
  expect(prefixQuery('node rem')).toBe(`'node':* & 'rem':*`)
  expect(prefixQuery(`it's a \\ trap':*|!(`)).toBe(`'it':* & 's':* & 'a':* & 'trap':* & ':*|!(':*`)
})

test('a flood of words is cut', () => {
  expect(prefixQuery('a '.repeat(200)).split('&')).toHaveLength(10)
})
