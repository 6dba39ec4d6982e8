import type { AnsweredQuestion, ScreeningAnswer, ScreeningQuestion } from '@cenopie/jobs-contract'
import { invalid } from '@cenopie/platform-contract'
import type { FieldError } from '@cenopie/platform-contract'

/**
 * The answers beside the questions they answer, in the posting's order: kept so, an answer still makes sense after
 * the posting was edited.
 *
 * @throws Fault invalid-input naming each answer that does not fit its question, is missing, or answers none
 */
export function answered(questions: ScreeningQuestion[], answers: ScreeningAnswer[]): AnsweredQuestion[] {
  const errors = [
    ...answers.flatMap((answer, at) => refuse(answer, at, questions)),
    ...questions.flatMap((question) => missing(question, answers)),
  ]
  if (errors.length > 0) throw invalid(...errors)
  return questions.flatMap(({ id, prompt, kind }) => {
    const answer = answers.find(({ questionId }) => questionId === id)
    return answer ? [{ questionId: id, prompt, kind, value: answer.value }] : []
  })
}

function refuse(answer: ScreeningAnswer, at: number, questions: ScreeningQuestion[]): FieldError[] {
  const question = questions.find(({ id }) => id === answer.questionId)
  if (!question) return [{ field: `answers.${at}.questionId`, message: 'is not a question of this posting' }]
  const choices = choicesOf(question)
  return choices && !choices.includes(answer.value)
    ? [{ field: `answers.${at}.value`, message: `must be one of: ${choices.join(', ')}` }]
    : []
}

function choicesOf({ kind, options }: ScreeningQuestion): string[] | undefined {
  if (kind === 'choice') return options
  return kind === 'yes-no' ? ['yes', 'no'] : undefined
}

function missing({ id, prompt, required }: ScreeningQuestion, answers: ScreeningAnswer[]): FieldError[] {
  const given = answers.some(({ questionId }) => questionId === id)
  return required && !given ? [{ field: 'answers', message: `must answer ${id}: ${prompt}` }] : []
}
