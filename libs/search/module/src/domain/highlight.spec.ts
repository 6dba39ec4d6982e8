import { expect, test } from 'vitest'
import { highlight, soughtLexemes } from './highlight.ts'
import { parseQuery } from './query.ts'

const marked = (query: string, text: string) =>
  highlight(soughtLexemes(parseQuery(query)), { description: text }).map(({ text: piece, matches }) =>
    matches.reduceRight(
      (done, { start, end }) => `${done.slice(0, start)}[${done.slice(start, end)}]${done.slice(end)}`,
      piece,
    ),
  )

test.each([
  ['engineers', 'An Engineer engineering.', ['An [Engineer] [engineering].']],
  ['zurich', 'Near Zürich', ['Near [Zürich]']],
  ['k8s', 'Kubernetes, k8s', ['[Kubernetes], [k8s]']],
  ['sre', 'A site reliability engineer', ['A [site] [reliability] [engineer]']],
  ['nurse', '<b>nurse</b> & "more"', ['<b>[nurse]</b> & "more"']],
  ['nurse', 'Nobody', []],
  ['', 'Nobody', []],
])('%j in %j', (query, text, expected) => {
  expect(marked(query, text)).toEqual(expected)
})

test('long text is shown around its first match, and ranges fit the piece', () => {
  const text = `${'before '.repeat(100)}needle ${'behind '.repeat(100)}needle`
  const [found] = highlight(soughtLexemes(parseQuery('needle')), { description: text })
  expect(found?.text.length).toBeLessThanOrEqual(240)
  expect(found?.matches.map(({ start, end }) => found.text.slice(start, end))).toEqual(['needle'])
  expect(found?.text).toMatch(/^before .* behind/)
})

test('no half of a surrogate pair is shown', () => {
  const [found] = highlight(soughtLexemes(parseQuery('a')), { title: `a ${'😀'.repeat(200)}` })
  expect(found?.text.isWellFormed()).toBe(true)
})
