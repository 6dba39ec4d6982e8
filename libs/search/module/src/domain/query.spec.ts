import { expect, test } from 'vitest'
import { matching } from './matching.ts'
import { parseQuery } from './query.ts'

/** `a b` both, `a|b` either, `-a` not. */
function read(text: string): string {
  const { all, none } = parseQuery(text)
  const phrase = ({ words }: (typeof none)[number]) => words.map(({ lexemes }) => lexemes.join('/')).join('+')
  return [...all.map((clause) => clause.map(phrase).join('|')), ...none.map((one) => `-${phrase(one)}`)].join(
    ' ',
  )
}

test.each([
  ['nurse paris', 'nurs pari'],
  ['"night nurse" paris', 'night+nurs pari'],
  ['nurse -night', 'nurs -night'],
  ['nurse -"night shift"', 'nurs -night+shift'],
  ['big nurse OR doctor paris', 'big nurs|doctor pari'],
  ['a OR b OR c', 'a|b|c'],
  ['"night nurse" OR doctor', 'night+nurs|doctor'],
  ['nurse or doctor', 'nurs doctor'],
  ['js', 'javascript'],
  ['site reliability engineer berlin', 'sre berlin'],
  ['c++ c# .net node.js', 'cpp csharp dotnet nodej'],
  ['Café ZÜRICH', 'cafe zurich'],
  ['the nurse', 'nurs'],
  ['the', 'the'],
  ['"open ended', 'open+end'],
  ['OR', ''],
  ['OR nurse OR', 'nurs'],
  ['- -- "" "-" \' & | ! <-> :* ( ) \\', ''],
  ['x-b', 'x b'],
  ['', ''],
])('%j is read as %j', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test('only so many words are read', () => {
  const text = Array.from({ length: 100 }, (_, at) => `word${at}x`).join(' ')
  expect(parseQuery(text).all).toHaveLength(16)
})

test('filters and exclusions hold everywhere, marks say where the words are', () => {
  expect(matching(parseQuery('"night nurse" -day'), [`'#workplace:remote'`])).toEqual({
    anywhere: `(('night' <-> 'nurs') & !'day' & '#workplace:remote')`,
    title: `('^night' & '^nurs')`,
    keyword: `('~night' & '~nurs')`,
  })
  expect(matching(parseQuery('-day'), [])).toBeUndefined()
})
