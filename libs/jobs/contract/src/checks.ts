import type { Check } from '@cenopie/platform-contract'
import type { PayRange, ScreeningQuestion } from './posting.ts'

/** A range whose lower end is above its upper end says nothing. */
export const payRangeOrdered: Check<{ pay?: PayRange | null | undefined }> = {
  name: 'pay-range-ordered',
  refuse: ({ pay }) =>
    pay && pay.min > pay.max ? { field: 'pay.min', message: 'must not be above pay.max' } : undefined,
}

/** Answers refer to questions by id. */
export const questionIdsUnique: Check<{ questions?: ScreeningQuestion[] | undefined }> = {
  name: 'question-ids-unique',
  refuse: ({ questions = [] }) => {
    const repeated = questions.findIndex(
      (one, at) => questions.findIndex((other) => other.id === one.id) < at,
    )
    return repeated < 0 ? undefined : { field: `questions.${repeated}.id`, message: 'is used twice' }
  },
}

/** A choice needs distinct options to choose from; other kinds have none. */
export const optionsFitKind: Check<{ questions?: ScreeningQuestion[] | undefined }> = {
  name: 'options-fit-kind',
  refuse: ({ questions = [] }) => {
    for (const [at, { kind, options }] of questions.entries()) {
      const field = `questions.${at}.options`
      if (kind !== 'choice' && options.length > 0) return { field, message: `kind ${kind} has no options` }
      if (kind === 'choice' && new Set(options).size < Math.max(2, options.length)) {
        return { field, message: 'must be at least 2 different options' }
      }
    }
    return undefined
  },
}

/** One answer per question. */
export const oneAnswerEach: Check<{ answers: { questionId: string }[] }> = {
  name: 'one-answer-each',
  refuse: ({ answers }) => {
    const repeated = answers.findIndex(
      (one, at) => answers.findIndex((other) => other.questionId === one.questionId) < at,
    )
    return repeated < 0
      ? undefined
      : { field: `answers.${repeated}.questionId`, message: 'is answered twice' }
  },
}
