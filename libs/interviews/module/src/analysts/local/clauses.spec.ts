import { expect, test } from 'vitest'
import { clausesOf } from './clauses.ts'

const spoken =
  'two people on my team did not agree about the plan and I asked both of them to write down what they needed we met ' +
  'the next day and talked about the problem then I listened to both sides and we compared the two plans'

test('speech without full stops is cut where a new subject begins', () => {
  expect(clausesOf(spoken).map(({ start, end }) => spoken.slice(start, end))).toEqual([
    'two people on my team did not agree about the plan',
    'and I asked both of them to write down what they needed',
    'we met the next day and talked about the problem',
    'then I listened to both sides',
    'and we compared the two plans',
  ])
})

test('what has the length of a sentence is one', () => {
  const sentence = 'We met and I listened and we compared both plans.'
  expect(clausesOf(sentence)).toEqual([{ start: 0, end: sentence.length }])
})
