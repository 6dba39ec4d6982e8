import { expect, test } from 'vitest'
import { likelyMeant, nearVariants, slips } from './spelling.ts'

test.each([
  ['nurse', 'nurse', 0],
  ['nusre', 'nurse', 1],
  ['nurs', 'nurse', 1],
  ['nursse', 'nurse', 1],
  ['nurze', 'nurse', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
])('from %s to %s it is %i slips', (a, b, expected) => {
  expect(slips(a, b)).toBe(expected)
  expect(slips(b, a)).toBe(expected)
})

test('fewest slips count first, then how frequent a word is; what is too far is not meant', () => {
  const found = [
    { key: 'java', docs: 1 },
    { key: 'javac', docs: 90 },
    { key: 'lava', docs: 5 },
    { key: 'kava', docs: 7 },
  ]
  expect(likelyMeant('jvaa', found)?.key).toBe('java')
  expect(likelyMeant('ava', found)?.key).toBe('kava')
  expect(likelyMeant('zzzz', found)).toBeUndefined()
  expect(likelyMeant('ja', found)).toBeUndefined()
})

test('variants are what trigrams miss: neighbours swapped, a letter too many', () => {
  expect(nearVariants('jvaa')).toEqual(['vjaa', 'java', 'vaa', 'jaa', 'jva'])
  expect(nearVariants('ab')).toEqual([])
})
