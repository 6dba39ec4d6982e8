import type { ScreeningQuestion } from '@cenopie/jobs-contract'
import { Fault } from '@cenopie/platform-contract'
import { expect, test } from 'vitest'
import { answered } from './answers.ts'

const permit: ScreeningQuestion = {
  id: 'permit',
  prompt: 'May you work in the EU?',
  kind: 'yes-no',
  required: true,
  options: [],
}
const level: ScreeningQuestion = {
  id: 'level',
  prompt: 'Which level?',
  kind: 'choice',
  required: false,
  options: ['junior', 'senior'],
}
const why: ScreeningQuestion = { id: 'why', prompt: 'Why us?', kind: 'text', required: false, options: [] }
const questions = [permit, level, why]

test('answers are kept with their questions, in the order of the posting', () => {
  const answers = [
    { questionId: 'why', value: 'The engines.' },
    { questionId: 'permit', value: 'yes' },
  ]
  expect(answered(questions, answers)).toEqual([
    { questionId: 'permit', prompt: 'May you work in the EU?', kind: 'yes-no', value: 'yes' },
    { questionId: 'why', prompt: 'Why us?', kind: 'text', value: 'The engines.' },
  ])
})

test.each([
  ['a required question left out', [], ['answers']],
  ['an unknown question', [{ questionId: 'shoe-size', value: '42' }], ['answers.0.questionId', 'answers']],
  ['neither yes nor no', [{ questionId: 'permit', value: 'maybe' }], ['answers.0.value']],
  [
    'a choice that is none',
    [
      { questionId: 'permit', value: 'no' },
      { questionId: 'level', value: 'guru' },
    ],
    ['answers.1.value'],
  ],
])('%s is refused by field', (_case, answers, fields) => {
  try {
    answered(questions, answers)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    expect((error as Fault).errors?.map(({ field }) => field)).toEqual(fields)
  }
})
