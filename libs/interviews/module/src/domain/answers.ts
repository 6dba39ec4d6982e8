import type { InterviewQuestion } from '@cenopie/interviews-contract'
import type { FieldError } from '@cenopie/platform-contract'

/** Characters as people count them closest without a language: Unicode code points. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _character of text) count += 1
  return count
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Required questions without an answer, written or recorded, as fields `answers.<question id>`. */
export function missingAnswers(
  questions: readonly InterviewQuestion[],
  answers: ReadonlyMap<string, string>,
  recorded: ReadonlySet<string> = new Set(),
): FieldError[] {
  return questions
    .filter(({ id, required }) => required && !recorded.has(id) && isBlank(answers.get(id) ?? ''))
    .map(({ id, prompt }) => ({ field: `answers.${id}`, message: `is required: ${prompt.slice(0, 80)}` }))
}
