import { expect, test } from 'vitest'
import { countCharacters, missingAnswers } from './answers.ts'

test('a character outside the basic plane counts once', () => {
  expect(countCharacters('añ🚀')).toBe(3)
})

test('white space is no answer; what is optional, recorded or can no longer be answered is not missing', () => {
  const question = (id: string, required = true) => ({ id, required })
  const questions = [...['a', 'b', 'c', 'd', 'e'].map((id) => question(id)), question('f', false)]
  const written = new Map([
    ['a', 'Yes.'],
    ['c', ' \n\t'],
  ])
  const answered = { written, recorded: new Set(['b']), closed: new Set(['d']) }
  expect(missingAnswers(questions, answered)).toEqual([
    { field: 'answers.c', message: 'is required: question 3' },
    { field: 'answers.e', message: 'is required: question 5' },
  ])
})
