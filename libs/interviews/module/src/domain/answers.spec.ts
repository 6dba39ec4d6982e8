import { expect, test } from 'vitest'
import { countCharacters, missingAnswers } from './answers.ts'

test('a character outside the basic plane counts once', () => {
  expect(countCharacters('añ🚀')).toBe(3)
})

test('white space is no answer, and an optional question may stay without', () => {
  const question = (id: string, required: boolean) => ({
    id,
    prompt: `Question ${id}`,
    guidance: '',
    maxCharacters: 100,
    required,
    ...{ modes: ['text' as const], thinkSeconds: 0, maxSeconds: 60, retakes: 0 },
    criteria: [],
  })
  const questions = [question('a', true), question('b', true), question('c', true), question('d', false)]
  const answers = new Map([
    ['a', 'Yes.'],
    ['b', ' \n\t'],
  ])
  expect(missingAnswers(questions, answers).map(({ field }) => field)).toEqual(['answers.b', 'answers.c'])
})
